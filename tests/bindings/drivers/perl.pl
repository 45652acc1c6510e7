#!/usr/bin/env perl
# DBD::SQLite. tests/bindings/checker/driver.py says what a driver does.
use strict;
use warnings;
use B;
use DBI qw(:sql_types);
use DBD::SQLite;

$| = 1;

# A number of a program that thinks of no type is bound as text; the others with their type.
my %type = (n => SQL_VARCHAR, t => SQL_VARCHAR, p => undef, i => SQL_INTEGER, r => SQL_REAL, b => SQL_BLOB);

sub decode {
    my ($kind, $text) = (substr($_[0], 0, 1), substr($_[0], 1));
    return undef if $kind eq 'n';
    return $text unless $kind =~ /[tb]/;
    my $bytes = pack('H*', $text);
    utf8::decode($bytes) if $kind eq 't';
    return $bytes;
}

sub encode {
    my ($value) = @_;
    return 'n' unless defined $value;
    my $flags = B::svref_2object(\$value)->FLAGS;
    return "i$value" if $flags & B::SVf_IOK;
    return sprintf('r%.17g', $value) if $flags & B::SVf_NOK;
    utf8::encode($value) if utf8::is_utf8($value);
    return 't' . unpack('H*', $value);
}

sub open_file {
    my $db = DBI->connect("dbi:SQLite:dbname=$_[0]", '', '', {
        RaiseError => 1, PrintError => 0, AutoCommit => 1,
        sqlite_string_mode => DBD::SQLite::Constants::DBD_SQLITE_STRING_MODE_UNICODE_STRICT,
    });
    $db->sqlite_enable_load_extension(1);
    $db->sqlite_load_extension($ENV{LARDER});
    return $db;
}

sub statement {
    my ($kind, $sql, @values) = split /:/, $_[0];
    return { has_rows => $kind eq 'q', sql => decode($sql), values => \@values };
}

sub execute {
    my ($compiled, @values) = @_;
    for my $i (0 .. $#values) {
        my $type = $type{ substr $values[$i], 0, 1 };
        $compiled->bind_param($i + 1, decode($values[$i]), defined $type ? { TYPE => $type } : ());
    }
    $compiled->execute;
    return $compiled;
}

# The rows of statements of the same SQL.
sub rows {
    my ($db, @statements) = @_;
    my $compiled = $db->prepare($statements[0]{sql});
    return map { execute($compiled, @{ $_->{values} }); $_->{has_rows} ? @{ $compiled->fetchall_arrayref } : () } @statements;
}

my %open;
my %answer = (
    hello => sub { [ $DBD::SQLite::VERSION, $DBD::SQLite::sqlite_version ] },
    open  => sub { $open{ $_[0] } = open_file(decode($_[1])); () },
    close => sub { delete($open{ $_[0] })->disconnect; () },
    run   => sub { rows($open{ $_[0] }, statement($_[1])) },
    reuse => sub { my $name = shift; rows($open{$name}, map { statement($_) } @_) },
    first => sub {
        my ($name, $count, $word) = @_;
        my $one = statement($word);
        my $compiled = execute($open{$name}->prepare($one->{sql}), @{ $one->{values} });
        my @rows = map { [ $compiled->fetchrow_array ] } 1 .. $count;
        $compiled->finish;
        return @rows;
    },
    atomic => sub {
        my ($name, $end, @words) = @_;
        my $db = $open{$name};
        $db->begin_work;    # BEGIN IMMEDIATE, which is DBD::SQLite's default
        my @rows = eval { map { rows($db, statement($_)) } @words };
        if (my $error = $@) { $db->rollback; die $error }
        $end eq 'commit' ? $db->commit : $db->rollback;
        return @rows;
    },
);

while (my $line = <STDIN>) {
    my ($what, @words) = split ' ', $line;
    my @rows = eval { $answer{$what}->(@words) };
    if (my $error = $@) {
        print 'error ', encode("$error"), "\n";
    } else {
        print join(' ', 'ok', map { join ':', map { encode($_) } @$_ } @rows), "\n";
    }
}
