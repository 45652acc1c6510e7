# Sourced by the runners: a scratch folder that is removed, and the sqlite3 shell as tests use it.
# LARDER is the extension, SQLITE3 the shell, LARDER_PRELOAD a sanitizer's runtime; with LARDER_VALGRIND=1 the shell runs under valgrind.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

larder_shell() {
  local valgrind=()
  if [ -n "${LARDER_VALGRIND:-}" ]; then
    valgrind=(valgrind -q --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=99)
  fi
  LD_PRELOAD="${LARDER_PRELOAD:-}" "${valgrind[@]}" "$SQLITE3" -batch -bail -init /dev/null "$@"
}
