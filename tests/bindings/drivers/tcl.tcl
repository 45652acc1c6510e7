#!/usr/bin/env tclsh
# Tcl's sqlite3. tests/bindings/checker/driver.py says what a driver does.
package require sqlite3
fconfigure stdin -encoding utf-8 -translation lf
fconfigure stdout -encoding utf-8 -translation lf -buffering line

# NULL has no value in Tcl: what is to be bound as NULL is a variable that does not exist, and a NULL that is read gets a name here.
set null "\uE000 NULL"

# A number of a program that thinks of no type is text (p); expr makes a number of it.
proc decode word {
    set text [string range $word 1 end]
    switch [string index $word 0] {
        t { return [encoding convertfrom utf-8 [binary decode hex $text]] }
        b { return [binary decode hex $text] }
        i { return [expr {wide($text)}] }
        r { return [expr {double($text)}] }
        default { return $text }
    }
}

proc encode value {
    if {$value eq $::null} { return n }
    if {[string match "*is a bytearray*" [tcl::unsupported::representation $value]]} { return b[binary encode hex $value] }
    return t[binary encode hex [encoding convertto utf-8 $value]]
}

# Gives a row at a time to `body`, as the list `row`. A parameter is a variable by its name: the first ? becomes $v(1).
proc each_row {db word body} {
    upvar row row
    set values [lassign [split $word :] kind sql]
    set sql [decode $sql]
    set i 0
    foreach value $values {
        incr i
        if {$value ne "n"} { set v($i) [decode $value] }
        regsub {\?} $sql "\$v($i)" sql
    }
    $db eval $sql columns {
        set row [lmap name $columns(*) { set columns($name) }]
        uplevel $body
    }
}

proc rows {db word} {
    set rows {}
    each_row $db $word { lappend rows $row }
    return $rows
}

proc hello {} { list [list [package provide sqlite3] [sqlite3 -version]] }

proc open_file {name path} {
    sqlite3 $name [decode $path]
    $name nullvalue $::null
    $name enable_load_extension 1
    set larder $::env(LARDER)
    $name eval {SELECT load_extension($larder)}
    return {}
}

proc close_file name { $name close }

# Tcl keeps compiled statements by their text.
proc reuse {name args} {
    concat {*}[lmap word $args { rows $name $word }]
}

proc first_rows {name count word} {
    set rows {}
    each_row $name $word {
        lappend rows $row
        if {[llength $rows] == $count} break
    }
    return $rows
}

proc atomic {name end args} {
    set rows {}
    catch {
        $name transaction immediate {
            set rows [reuse $name {*}$args]
            if {$end eq "rollback"} { error undo }
        }
    } message options
    if {[dict get $options -code] && $message ne "undo"} { return -options $options $message }
    return $rows
}

set known {hello hello open open_file close close_file run rows reuse reuse first first_rows atomic atomic}
while {[gets stdin line] >= 0} {
    set words [lassign [split $line] what]
    if {[catch {[dict get $known $what] {*}$words} answer]} {
        puts "error [encode $answer]"
    } else {
        puts [join [list ok {*}[lmap row $answer { join [lmap value $row { encode $value }] : }]]]
    }
}
