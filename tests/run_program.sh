#!/usr/bin/env bash
# run_program.sh PROGRAM: runs a test program, under valgrind with LARDER_VALGRIND=1; there it leaves out the tests that run a scenario a
# thousand times, or a million rows.
set -eu
if [ -z "${LARDER_VALGRIND:-}" ]; then
  exec "$1"
fi
exec valgrind -q --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=99 \
  "$1" --gtest_filter='-no_memory.*:operator_new.*:*after_n_steps*:*every_n*:*million_rows:lease_model.*:each/Survival.*'
