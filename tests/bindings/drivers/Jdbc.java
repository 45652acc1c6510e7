import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** sqlite-jdbc. tests/bindings/checker/driver.py says what a driver does. */
public class Jdbc {
  private static final Map<String, Connection> OPEN = new HashMap<>();

  private record Statement(boolean hasRows, String sql, List<Object> values) {
    static Statement of(String word) {
      String[] parts = word.split(":");
      List<Object> values = Arrays.stream(parts).skip(2).map(Jdbc::decode).collect(Collectors.toCollection(ArrayList::new));
      return new Statement(parts[0].equals("q"), text(parts[1]), values);
    }
  }

  private static String text(String word) {
    return new String(HexFormat.of().parseHex(word.substring(1)), StandardCharsets.UTF_8);
  }

  private static Object decode(String word) {
    return switch (word.charAt(0)) {
      case 'n' -> null;
      case 't' -> text(word);
      case 'b' -> HexFormat.of().parseHex(word.substring(1));
      case 'r' -> Double.valueOf(word.substring(1));
      default -> Long.valueOf(word.substring(1));
    };
  }

  private static String encode(Object value) {
    if (value == null) return "n";
    if (value instanceof Integer || value instanceof Long) return "i" + value;
    if (value instanceof Double) return "r" + value;
    if (value instanceof byte[] bytes) return "b" + HexFormat.of().formatHex(bytes);
    return "t" + HexFormat.of().formatHex(value.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Connection open(String path) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + path + "?enable_load_extension=true&transaction_mode=IMMEDIATE");
    try (PreparedStatement load = connection.prepareStatement("SELECT load_extension(?)")) {
      load.setString(1, System.getenv("LARDER"));
      load.executeQuery().close();
    }
    return connection;
  }

  /** Up to `most` rows. */
  private static List<List<Object>> read(ResultSet result, int most) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (rows.size() < most && result.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) row.add(result.getObject(i));
      rows.add(row);
    }
    return rows;
  }

  private static void bind(PreparedStatement compiled, Statement one) throws SQLException {
    for (int i = 0; i < one.values().size(); i++) compiled.setObject(i + 1, one.values().get(i));
  }

  /** Statements of the same SQL. What has rows is a query, also when it writes: executeBatch() would commit, and report an error. */
  private static List<List<Object>> run(Connection connection, List<Statement> statements) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (PreparedStatement compiled = connection.prepareStatement(statements.get(0).sql())) {
      for (Statement one : statements) {
        bind(compiled, one);
        if (!one.hasRows()) {
          compiled.executeUpdate();
          continue;
        }
        try (ResultSet result = compiled.executeQuery()) {
          rows.addAll(read(result, Integer.MAX_VALUE));
        }
      }
    }
    return rows;
  }

  private static List<List<Object>> first(Connection connection, int count, Statement one) throws SQLException {
    try (PreparedStatement compiled = connection.prepareStatement(one.sql())) {
      bind(compiled, one);
      try (ResultSet result = compiled.executeQuery()) {
        return read(result, count);
      }
    }
  }

  private static List<List<Object>> atomic(Connection connection, String end, List<Statement> statements) throws SQLException {
    connection.setAutoCommit(false);
    try {
      List<List<Object>> rows = new ArrayList<>();
      for (Statement one : statements) rows.addAll(run(connection, List.of(one)));
      if (end.equals("commit")) connection.commit();
      else connection.rollback();
      return rows;
    } catch (SQLException error) {
      connection.rollback();
      throw error;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static long markAll(String path, int ids) throws SQLException {
    long marked = 0;
    try (Connection connection = open(path);
        PreparedStatement mark = connection.prepareStatement("SELECT ledger_mark('pool', ?)")) {
      for (int id = 1; id <= ids; id++) {
        mark.setInt(1, id);
        try (ResultSet result = mark.executeQuery()) {
          marked += result.getLong(1);
        }
      }
    }
    return marked;
  }

  private static long pool(String path, int workers, int ids) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Future<Long>> futures = new ArrayList<>();
    for (int i = 0; i < workers; i++) futures.add(threads.submit(() -> markAll(path, ids)));
    long marked = 0;
    for (Future<Long> future : futures) marked += future.get();
    threads.shutdown();
    return marked;
  }

  private static List<List<Object>> versions() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      var metadata = connection.getMetaData();
      return List.of(List.of(org.sqlite.SQLiteJDBCLoader.getVersion(), metadata.getDatabaseProductVersion()));
    }
  }

  private static List<Statement> statements(String[] words, int from) {
    return Arrays.stream(words).skip(from).map(Statement::of).toList();
  }

  private static List<List<Object>> answer(String... words) throws Exception {
    switch (words[0]) {
      case "hello":
        return versions();
      case "pool":
        return List.of(List.of(pool(text(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]))));
      case "open":
        OPEN.put(words[1], open(text(words[2])));
        return List.of();
      case "close":
        OPEN.remove(words[1]).close();
        return List.of();
      case "first":
        return first(OPEN.get(words[1]), Integer.parseInt(words[2]), Statement.of(words[3]));
      case "atomic":
        return atomic(OPEN.get(words[1]), words[2], statements(words, 3));
      default:
        return run(OPEN.get(words[1]), statements(words, 2));
    }
  }

  private static String row(List<Object> values) {
    return values.stream().map(Jdbc::encode).collect(Collectors.joining(":"));
  }

  public static void main(String[] arguments) throws Exception {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    for (String line; (line = input.readLine()) != null; ) {
      try {
        StringBuilder said = new StringBuilder("ok");
        for (List<Object> values : answer(line.split(" "))) said.append(' ').append(row(values));
        output.println(said);
      } catch (Exception error) {
        output.println("error " + encode(error.getMessage()));
      }
    }
  }
}
