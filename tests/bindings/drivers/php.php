<?php
// The class SQLite3. tests/bindings/checker/driver.py says what a driver does. php.ini's sqlite3.extension_dir is Larder's folder.
declare(strict_types=1);

const TYPES = ['n' => SQLITE3_NULL, 't' => SQLITE3_TEXT, 'b' => SQLITE3_BLOB, 'i' => SQLITE3_INTEGER, 'r' => SQLITE3_FLOAT];

function decode(string $word): mixed
{
    $text = substr($word, 1);
    return match ($word[0]) {
        'n' => null,
        't', 'b' => hex2bin($text),
        'r' => (float) $text,
        default => (int) $text,
    };
}

function encode(mixed $value): string
{
    return match (true) {
        $value === null => 'n',
        is_int($value) => "i$value",
        is_float($value) => 'r' . var_export($value, true),
        default => 't' . bin2hex($value),
    };
}

final class Connection
{
    private SQLite3 $db;

    public function __construct(string $path)
    {
        $this->db = new SQLite3($path);
        $this->db->enableExceptions(true);
        $this->db->loadExtension(basename(getenv('LARDER')));
    }

    public function close(): void
    {
        $this->db->close();
    }

    private function bind(SQLite3Stmt $compiled, array $values): SQLite3Stmt
    {
        foreach ($values as $i => $value) {
            // A number of a program that thinks of no type goes without one.
            $value[0] === 'p' ? $compiled->bindValue($i + 1, decode($value)) : $compiled->bindValue($i + 1, decode($value), TYPES[$value[0]]);
        }
        return $compiled;
    }

    /** The rows of statements of the same SQL. */
    public function rows(array $words): array
    {
        [$kind, $sql] = explode(':', $words[0]);
        $lists = array_map(fn ($word) => array_slice(explode(':', $word), 2), $words);
        return $kind === 'q' ? $this->answers(decode($sql), $lists) : $this->execute(decode($sql), $lists);
    }

    private function execute(string $sql, array $lists): array
    {
        $compiled = $this->db->prepare($sql);
        foreach ($lists as $values) {
            $this->bind($compiled, $values)->execute();
            $compiled->reset();
        }
        return [];
    }

    // A result that is fetched runs its statement a second time: what marks or counts is called by an INSERT, which nobody fetches, and
    // its answers are read from a table.
    private function answers(string $sql, array $lists): array
    {
        if (!str_starts_with($sql, 'SELECT')) {
            return self::fetch($this->db->query($sql));
        }
        $shape = $this->bind($this->db->prepare("SELECT * FROM ($sql) LIMIT 0"), $lists[0])->execute();
        $columns = implode(', ', array_map(fn ($i) => "c$i", range(1, $shape->numColumns())));
        $this->db->exec("CREATE TEMP TABLE answer($columns)");
        try {
            $this->execute("INSERT INTO temp.answer $sql", $lists);
            return self::fetch($this->db->query('SELECT * FROM temp.answer'));
        } finally {
            $this->db->exec('DROP TABLE temp.answer');
        }
    }

    private static function fetch(SQLite3Result $result): array
    {
        for ($rows = []; $row = $result->fetchArray(SQLITE3_NUM);) {
            $rows[] = $row;
        }
        $result->finalize();
        return $rows;
    }

    /** Reading twice does no harm. */
    public function first(int $count, string $word): array
    {
        [, $sql] = explode(':', $word);
        $compiled = $this->bind($this->db->prepare(decode($sql)), array_slice(explode(':', $word), 2));
        $result = $compiled->execute();
        $rows = [];
        while (count($rows) < $count) {
            $rows[] = $result->fetchArray(SQLITE3_NUM);
        }
        $result->finalize();
        $compiled->close();
        return $rows;
    }

    public function atomic(string $end, array $words): array
    {
        $this->db->exec('BEGIN IMMEDIATE');
        try {
            $rows = array_merge(...array_map(fn ($word) => $this->rows([$word]), $words));
            $this->db->exec($end);
            return $rows;
        } catch (Exception $error) {
            $this->db->exec('ROLLBACK');
            throw $error;
        }
    }
}

$open = [];
$answer = function (string $what, string ...$words) use (&$open): array {
    $name = $words[0] ?? '';
    switch ($what) {
        case 'hello':
            return [[PHP_VERSION, SQLite3::version()['versionString']]];
        case 'open':
            $open[$name] = new Connection(decode($words[1]));
            return [];
        case 'close':
            $open[$name]->close();
            return [];
        case 'run':
        case 'reuse':
            return $open[$name]->rows(array_slice($words, 1));
        case 'first':
            return $open[$name]->first((int) $words[1], $words[2]);
        case 'atomic':
            return $open[$name]->atomic($words[1], array_slice($words, 2));
    }
};

while (($line = fgets(STDIN)) !== false) {
    try {
        $rows = $answer(...explode(' ', rtrim($line, "\n")));
        echo implode(' ', ['ok', ...array_map(fn ($row) => implode(':', array_map('encode', $row)), $rows)]), "\n";
    } catch (Exception $error) {
        echo 'error ', encode($error->getMessage()), "\n";
    }
}
