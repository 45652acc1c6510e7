// The folder and the databases a run works in.
#include "bench/scratch.h"

#include <cstdlib>
#include <stdexcept>

namespace bench {

namespace {

void remove_file(const std::string& path) {
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
}

}  // namespace

Scratch::Scratch(std::string extension) : extension_(std::move(extension)) {
  std::string name = std::filesystem::temp_directory_path() / "larder_bench.XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  folder_ = name;
}

Scratch::~Scratch() {
  pairs_.clear();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Scratch::use(Rows& rows) {
  pairs_.clear();
  remove_file(folder_ / "fetched");
  rows_ = &rows;
  Database source(folder_ / "fetched");
  source.run("CREATE TABLE fetched(url TEXT, body); BEGIN");
  Statement insert(source, "INSERT INTO fetched VALUES (?1, ?2)");
  for (const auto& key : rows.all()) {
    insert.bind(1, key);
    insert.bind(2, rows.value());
    insert.run();
  }
  source.run("CREATE TABLE feed AS SELECT url AS id, body FROM fetched ORDER BY url; COMMIT");
}

Pair& Scratch::databases_for(const Workload& workload) {
  static const std::map<Workload::In, std::string> kNames = {{Workload::In::kCache, "cache"},
                                                             {Workload::In::kLedger, "ledger"},
                                                             {Workload::In::kNothing, "nothing"},
                                                             {Workload::In::kNoIds, "no ids"},
                                                             {Workload::In::kQueue, "queue"}};
  const Workload::In in = workload.in;
  if (workload.commit == Workload::Commit::kTimed) pairs_.erase(in);
  if (const auto found = pairs_.find(in); found != pairs_.end()) return found->second;
  Pair& pair = pairs_.emplace(in, make(kNames.at(in))).first->second;
  for (Side* side : {pair.larder.get(), pair.hand.get()}) fill(*side, in);
  return pair;
}

std::string Scratch::path_of(const std::string& name, Kind kind) const {
  return folder_ / (name + "." + name_of(kind));
}

std::string Scratch::new_file(const std::string& name, Kind kind) {
  std::string path = path_of(name, kind);
  remove_file(path);
  return path;
}

Pair Scratch::make(const std::string& name) {
  return {make_side(Kind::kLarder, new_file(name, Kind::kLarder), extension_),
          make_side(Kind::kHand, new_file(name, Kind::kHand), extension_)};
}

// Only where it is used: an attached file has locks of its own, and BEGIN IMMEDIATE takes those
// too.
void Scratch::attach_source(Side& side) {
  side.database().run("ATTACH '" + (folder_ / "fetched").string() + "' AS source");
  side.database().run("CREATE TABLE item(id TEXT, body)");
}

void Scratch::fill(Side& side, Workload::In in) {
  if (in == Workload::In::kNothing || in == Workload::In::kNoIds) return attach_source(side);
  if (in == Workload::In::kQueue)
    return side.fill_ledger(static_cast<std::int64_t>(rows_->all().size()));
  side.database().run("BEGIN");
  for (const auto& key : rows_->all()) {
    if (in == Workload::In::kCache) {
      side.set({key, rows_->value(), rows_->ttl()});
    } else {
      side.mark({key, {}});
    }
  }
  side.database().run("COMMIT");
}

}  // namespace bench
