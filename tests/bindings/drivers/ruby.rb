#!/usr/bin/env ruby
# The gem sqlite3. tests/bindings/checker/driver.py says what a driver does.
require 'sqlite3'

$stdout.sync = true

def decode(word)
  text = word[1..]
  case word[0]
  when 'n' then nil
  when 't' then [text].pack('H*').force_encoding('UTF-8')
  when 'b' then SQLite3::Blob.new([text].pack('H*'))
  when 'r' then text.to_f
  else text.to_i
  end
end

def encode(value)
  case value
  when nil then 'n'
  when Integer then "i#{value}"
  when Float then "r#{value}"
  else (value.encoding == Encoding::BINARY ? 'b' : 't') + value.unpack1('H*')
  end
end

Statement = Struct.new(:has_rows, :sql, :values)

def statement(word)
  kind, sql, *values = word.split(':')
  Statement.new(kind == 'q', decode(sql), values.map { |value| decode(value) })
end

def open_file(path)
  db = SQLite3::Database.new(path)
  db.enable_load_extension(true)
  db.load_extension(ENV.fetch('LARDER'))
  db
end

# The rows of statements of the same SQL.
def rows(db, *statements)
  db.prepare(statements.first.sql) do |compiled|
    statements.flat_map do |one|
      found = compiled.execute(*one.values).to_a
      one.has_rows ? found : []
    end
  end
end

# A thread of its own for each worker. The threads take turns; the connections do not know.
def pool(path, workers, ids)
  threads = Array.new(workers) do
    Thread.new do
      db = open_file(path)
      marked = (1..ids).sum { |id| db.get_first_value("SELECT ledger_mark('pool', ?)", id) }
      db.close
      marked
    end
  end
  threads.sum(&:value)
end

def atomic(db, ending, statements)
  found = nil
  db.transaction(:immediate) do
    found = statements.flat_map { |one| rows(db, one) }
    raise SQLite3::AbortException, 'undo' if ending == 'rollback'
  end
  found
rescue SQLite3::AbortException
  found
end

opened = {}
answers = {
  'hello' => -> { [[SQLite3::VERSION, SQLite3::SQLITE_VERSION.encode('UTF-8')]] },
  'open' => ->(name, path) { opened[name] = open_file(decode(path)); [] },
  'close' => ->(name) { opened.delete(name).close; [] },
  'run' => ->(name, word) { rows(opened[name], statement(word)) },
  'reuse' => ->(name, *words) { rows(opened[name], *words.map { |word| statement(word) }) },
  'first' => lambda { |name, count, word|
    one = statement(word)
    opened[name].prepare(one.sql) { |compiled| found = compiled.execute(*one.values); Array.new(count.to_i) { found.next } }
  },
  'atomic' => ->(name, ending, *words) { atomic(opened[name], ending, words.map { |word| statement(word) }) },
  'pool' => ->(path, workers, ids) { [[pool(decode(path), workers.to_i, ids.to_i)]] },
}

$stdin.each_line do |line|
  what, *words = line.split
  begin
    puts ['ok', *answers.fetch(what).call(*words).map { |row| row.map { |value| encode(value) }.join(':') }].join(' ')
  rescue StandardError => e
    puts "error #{encode(e.message)}"
  end
end
