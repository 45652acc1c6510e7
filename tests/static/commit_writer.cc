// The steps of a writer of the model.
#include "commit_model.h"

namespace commit_model {

using larder::Commit;

// Elsewhere it is as if the writer had not begun, or would not tell.
void Exploration::kill(World world, std::size_t i) {
  const Writer& writer = world.writers[i];
  const bool matters =
      writer.phase == Writer::kHalf || writer.phase == Writer::kTorn || writer.pieces_told > 0;
  if (!matters || world.kills == bounds_.kills) return;
  ++world.kills;
  world.writers[i] = {};
  reach(world);
}

void Exploration::write(World world, std::size_t i) {
  Writer& writer = world.writers[i];
  switch (writer.phase) {
    case Writer::kIdle:
      if (bounds_.is_locked) return lock(world, i);
      if (!world.is_sound()) return;
      writer.before = world.second;
      writer.phase = Writer::kSeen;
      return reach(world);
    case Writer::kSeen:
      return lock(world, i);
    case Writer::kLocked:
      return change(world, i);
    case Writer::kHalf:
      world.first_half = writer.target;
      writer.phase = Writer::kTorn;
      return bounds_.torn == Torn::kAll ? reach(world) : write_whole_header(world, writer);
    case Writer::kTorn:
      return write_whole_header(world, writer);
    case Writer::kCommitted:
      writer.seen = world.first_half;
      writer.phase = Writer::kLooking;
      return bounds_.torn == Torn::kAll ? reach(world) : prove(world, writer);
    case Writer::kLooking:
      return prove(world, writer);
    case Writer::kProving:
      return finish_proof(world, writer);
    case Writer::kTelling:
      return tell(world, writer);
  }
}

void Exploration::lock(World& world, std::size_t i) {
  if (world.is_locked()) return;
  Writer& writer = world.writers[i];
  writer.holds_lock = true;
  if (world.is_sound()) {
    be_locked(world, writer);
    return change(world, i);
  }
  begin_header(world, writer, names_.recovered(world.log));
  reach(world);
}

void Exploration::be_locked(const World& world, Writer& writer) {
  writer.at_lock = world.second;
  if (bounds_.is_locked) writer.before = world.second;
  writer.phase = Writer::kLocked;
}

void Exploration::begin_header(World& world, Writer& writer, Id target) {
  writer.target = target;
  world.second = target;
  writer.phase = Writer::kHalf;
}

// From state to state a writer goes in ways of its own choice.
void Exploration::change(const World& locked, std::size_t i) {
  if (locked.commits < bounds_.commits) {
    const std::uint8_t rows = locked.commits == 0 ? 1 : 2;  // at first they are alike
    for (std::uint8_t row = 0; row < rows; ++row)
      for (const bool tells : {false, true}) commit(locked, i, row, tells);
  }
  const bool is_restarted = locked.second != locked.writers[i].at_lock;
  if (is_restarted) {
    World world = locked;
    world.writers[i] = {};
    reach(world);
  } else if (locked.restarts < bounds_.restarts) {
    World world = locked;
    ++world.restarts;
    begin_header(world, world.writers[i], names_.restarted(world.second));
    reach(world);
  }
}

void Exploration::commit(World world, std::size_t i, std::uint8_t row, bool tells) {
  Writer& writer = world.writers[i];
  const auto version = static_cast<std::uint8_t>(++world.commits + 1);
  world.in_log[row] = version;
  writer.commits = true;
  writer.row = row;
  writer.tells = tells;
  begin_header(world, writer, names_.following(world.second, row, version));
  if (names_.commit(world.log).salts != names_.commit(writer.target).salts)
    world.old_log = world.log;
  world.log = writer.target;
  reach(world);
}

void Exploration::write_whole_header(World& world, Writer& writer) {
  world.other_half = writer.target;
  world.newest = world.in_log;
  if (!writer.commits) {
    writer.phase = Writer::kLocked;
    if (writer.at_lock == 0) be_locked(world, writer);  // it was a recovery
  } else if (writer.tells) {
    writer.holds_lock = false;
    writer.phase = Writer::kCommitted;
  } else {
    writer = {};
  }
  reach(world);
}

// What HotCache::advance() does.
void Exploration::prove(World& world, Writer& writer) {
  constexpr std::uint32_t kPages = 1;
  const Id newest = names_.mixture(writer.seen, world.other_half);
  const Commit& before = names_.commit(writer.before);
  const bool is_only_commit = writer.before == writer.at_lock;
  std::optional<Commit> after;
  if (names_.commit(newest).is_next_of(before, kPages) || mutant_ == Mutant::kNotProved) {
    after = names_.commit(newest);
  } else if (is_only_commit && names_.commit(newest).is_restart_after(before, kPages)) {
    after = names_.commit(newest);
    if (mutant_ != Mutant::kRestartNotProved) writer.phase = Writer::kProving;
  } else if (bounds_.is_locked) {
    after = in_log(world, before, before.frames + kPages);
  }
  if (!after) {
    writer = {};
    return reach(world);
  }
  writer.record = names_.of_record(writer.before, names_.of(*after), writer.row);
  if (writer.phase != Writer::kProving) writer.phase = Writer::kTelling;
  reach(world);
}

// What commit_in_log() does. Frames of an old log are there until the new one has overwritten
// them.
std::optional<Commit> Exploration::in_log(const World& world, const Commit& before,
                                          std::uint32_t frames) {
  auto found = names_.in_log(world.log, before, frames);
  if (!found && frames > names_.commit(world.log).frames)
    found = names_.in_log(world.old_log, before, frames);
  if (found) found->number = before.number + 1;
  return found;
}

// A SELECT that finds the file as this writer has left it.
void Exploration::finish_proof(World& world, Writer& writer) {
  if (world.is_sound() && world.second == writer.target) {
    writer.phase = Writer::kTelling;
  } else {
    writer = {};
  }
  reach(world);
}

void Exploration::tell(World& world, Writer& writer) {
  auto& place = world.ring[names_.place_after(writer.before)];
  const std::size_t end = bounds_.torn == Torn::kAll       ? writer.pieces_told + 1U
                          : bounds_.torn == Torn::kNothing ? place.size()
                          : writer.pieces_told == 0        ? 1
                                                           : place.size();
  while (writer.pieces_told < end) place[writer.pieces_told++] = writer.record;
  if (writer.pieces_told == place.size()) writer = {};
  reach(world);
}

}  // namespace commit_model
