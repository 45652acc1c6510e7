// Goes in front of SQLite's shell when it is compiled for Windows, so that the same scripts run
// there.
#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

// Lines end as they do elsewhere.
static void __attribute__((constructor)) write_bytes(void) {
  _setmode(1, _O_BINARY);
  _setmode(2, _O_BINARY);
}
#undef _O_TEXT
#define _O_TEXT _O_BINARY

// `.system` is given to this machine's own sh, which Wine can start. It does not tell when and how
// that ended, and the handles that it gives are none. So the last command of the script removes the
// script.
static int larder_system(const char* command) {
  char file[64], windows_file[64], line[80];
  STARTUPINFOA startup = {sizeof startup};
  PROCESS_INFORMATION process = {0};
  FILE* script;
  snprintf(file, sizeof file, "/tmp/larder-system-%d", _getpid());
  snprintf(windows_file, sizeof windows_file, "Z:%s", file);
  script = fopen(windows_file, "wb");
  if (script == NULL) return 1;
  fprintf(script, "%s\nrm %s\n", command, file);
  fclose(script);
  fflush(stdout);
  snprintf(line, sizeof line, "sh %s", file);
  CreateProcessA("Z:\\bin\\sh", line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process);
  while (_access(windows_file, 0) == 0) _sleep(1);
  return 0;
}
#define system larder_system
#define _wsystem larder_wide_system
static int larder_wide_system(const wchar_t* command) {
  char bytes[16384];
  return wcstombs(bytes, command, sizeof bytes) == (size_t)-1 ? 1 : larder_system(bytes);
}
