// java Migrate.java DATABASE FOLDER: what `flyway migrate` does. Flyway's command line is in no registry; this is its library.
// Without `mixed` it refuses a script that has PRAGMA foreign_keys and other statements.
import org.flywaydb.core.Flyway;

class Migrate {
  public static void main(String[] arguments) {
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + arguments[0], "", "")
        .locations("filesystem:" + arguments[1])
        .mixed(true)
        .load()
        .migrate();
  }
}
