// The folder and the databases a run works in; all of it is gone at the end.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "bench/rows.h"
#include "bench/side.h"
#include "bench/workload.h"

namespace bench {

struct Pair {
  std::unique_ptr<Side> larder;
  std::unique_ptr<Side> hand;

  Side& of(Kind kind) { return kind == Kind::kLarder ? *larder : *hand; }
};

class Scratch {
 public:
  // In TMPDIR or /tmp.
  explicit Scratch(std::string extension);
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  // Starts anew with these rows: forgets all databases, and writes the tables `fetched` and `feed`.
  void use(Rows& rows);

  // The two databases for `workload`, filled at first use. Those that a bulk changes are new each
  // time.
  Pair& databases_for(const Workload& workload);

  // The path of a database for `kind` that is not one of those: new, and removed by the next call
  // for the same name.
  std::string new_file(const std::string& name, Kind kind);

  std::string path_of(const std::string& name, Kind kind) const;

  const std::string& extension() const { return extension_; }

 private:
  // A pair of new files.
  Pair make(const std::string& name);
  void fill(Side& side, Workload::In in);
  void attach_source(Side& side);

  std::string extension_;
  std::filesystem::path folder_;
  Rows* rows_ = nullptr;
  std::map<Workload::In, Pair> pairs_;
};

}  // namespace bench
