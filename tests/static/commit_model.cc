// Every order in which the steps of two writers and a reader can come.
#include "commit_model.h"

#include <string_view>
#include <utility>

namespace commit_model {

std::size_t Exploration::Hash::operator()(const World& world) const {
  return std::hash<std::string_view>()({reinterpret_cast<const char*>(&world), sizeof world});
}

Outcome Exploration::run() {
  World begin;
  begin.log = names_.of({0, 1, {1, 1}, {larder::big_endian(1), 1}});
  begin.second = begin.first_half = begin.other_half = begin.reader.commit = begin.log;
  reach(begin);
  while (!ahead_.empty() && !outcome_.is_stale) {
    const World world = ahead_.back();
    ahead_.pop_back();
    read(world);
    for (std::size_t i = 0; i < world.writers.size(); ++i) {
      if (i > 0 && world.writers[i] == world.writers[0]) continue;
      write(world, i);
      kill(world, i);
    }
  }
  outcome_.states = states_.size();
  return outcome_;
}

// Which of the writers is which makes no difference.
void Exploration::reach(World world) {
  if (world.writers[1] < world.writers[0]) std::swap(world.writers[0], world.writers[1]);
  if (states_.insert(world).second) ahead_.push_back(world);
}

Outcome explore(const Bounds& bounds, Mutant mutant) { return Exploration(bounds, mutant).run(); }

}  // namespace commit_model
