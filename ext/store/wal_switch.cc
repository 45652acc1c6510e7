// The switch to WAL that a file gets once in its life.
#include "store/wal_switch.h"

#include "store/connection.h"
#include "store/defaults.h"
#include "store/meta.h"

namespace larder {

namespace {

// A process that starts at the same time is out of the way in a moment. A long reader is not worth
// waiting for.
constexpr int kPatience = 250;  // milliseconds

}  // namespace

void WalSwitch::found(bool is_owed) { is_owed_ = is_owed && !connection_.is_bare(); }

// A default must not fail the load.
void WalSwitch::at_load() noexcept {
  try {
    if (!connection_.is_idle() || !is_quiet_rollback_file(connection_.db())) return;
    has_waited_ = true;
    // A call like any other, as what it writes may set off a trigger of the file's.
    connection_.around("larder", [&] {
      if (connection_.schema().has("larder_meta")) before_write();
    });
  } catch (const std::exception&) {
    // Somebody is in the way, or there is no memory: the next call meets it, too.
  }
}

void WalSwitch::make() {
  if (!connection_.is_idle()) return;
  try {
    if (is_made_elsewhere()) return;
    is_owed_ = !enter_wal(connection_, has_waited_ ? 0 : kPatience);
    has_waited_ = true;
    if (!is_owed_) record();
  } catch (const Error& error) {
    if (error.code() == SQLITE_NOMEM) throw;
  }
}

bool WalSwitch::is_made_elsewhere() {
  static constexpr auto kSelectRecord =
      sql("SELECT 1 FROM main.larder_meta WHERE {}", kWalIsRecorded);
  is_owed_ = !connection_.query(kSelectRecord).step();
  return !is_owed_;
}

// As kWalIsRecorded has it.
void WalSwitch::record() {
  constexpr std::string_view kSwitched("switched\0", 9);
  store_meta(connection_, "wal", kSwitched);
}

// Inside a transaction, or in a statement that reads, there is no way to WAL.
void WalSwitch::before_creation() {
  if (connection_.is_bare() || !connection_.is_idle()) return;
  enter_wal(connection_, kPatience);
  has_waited_ = true;
}

// Also in a mode of the user's own choice.
void WalSwitch::at_creation() {
  if (!connection_.is_bare() && !may_enter_wal(connection_.db())) record();
}

}  // namespace larder
