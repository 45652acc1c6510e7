// The steps of the reader of the model.
#include "commit_model.h"

namespace commit_model {

using larder::Commit;
using larder::CommitRecord;

void Exploration::read(World world) {
  Reader& reader = world.reader;
  switch (reader.phase) {
    case Reader::kIdle:
      for (std::uint8_t row = 0; row < reader.rows.size(); ++row)
        reader.was_old[row] = reader.rows[row] != 0 && reader.rows[row] < world.newest[row];
      [[fallthrough]];
    case Reader::kFollowing:
      reader.seen = world.first_half;
      reader.phase = Reader::kLooking;
      return bounds_.torn == Torn::kAll ? reach(world) : look(world);
    case Reader::kLooking:
      return look(world);
    case Reader::kWalking:
      return walk(world);
    case Reader::kSelecting:
      return select(world);
    case Reader::kKeeping:
      reader.seen = world.first_half;
      reader.phase = Reader::kChecking;
      if (bounds_.torn == Torn::kAll) return reach(world);
      [[fallthrough]];
    case Reader::kChecking:
      if (names_.mixture(reader.seen, world.other_half) == reader.commit)
        reader.rows[reader.row] = reader.value;
      return rest(world);
  }
}

void Exploration::look(World& world) {
  Reader& reader = world.reader;
  reader.newest = names_.mixture(reader.seen, world.other_half);
  if (reader.newest == reader.commit) return answer(world);
  const std::uint32_t distance =
      names_.commit(reader.newest).number - names_.commit(reader.commit).number;
  if (is_empty(reader) || distance > world.ring.size()) return lose(world);
  begin_walk(reader);
  reach(world);
}

bool Exploration::is_empty(const Reader& reader) { return reader.rows == Versions{0, 0}; }

void Exploration::begin_walk(Reader& reader) {
  reader.place = {};
  reader.pieces_read = 0;
  reader.seen = 0;
  reader.phase = Reader::kWalking;
}

void Exploration::answer(const World& world) {
  for (std::uint8_t row = 0; row < world.reader.rows.size(); ++row) {
    const std::uint8_t version = world.reader.rows[row];
    if (version == 0) {
      World selecting = world;
      selecting.reader.row = row;
      selecting.reader.phase = Reader::kSelecting;
      reach(selecting);
    } else {
      ++outcome_.answers;
      outcome_.is_stale |= world.reader.was_old[row];
    }
  }
  rest(world);
}

void Exploration::lose(World world) {
  if (mutant_ != Mutant::kGoesOnAtGap) world.reader.rows = {0, 0};
  world.reader.commit = world.reader.newest;
  answer(world);
}

void Exploration::walk(World& world) {
  Reader& reader = world.reader;
  const auto& place = world.ring[names_.place_after(reader.commit)];
  if (bounds_.torn == Torn::kAll) {
    reader.place[reader.pieces_read] = place[reader.pieces_read];
    if (++reader.pieces_read < place.size()) return reach(world);
  } else {
    reader.place = place;
  }
  if (const auto record = found(reader)) {
    ++outcome_.followed;
    reader.rows[record->row] = 0;
    reader.was_old[record->row] = false;
    reader.commit = names_.of(record->after);
    if (mutant_ == Mutant::kEndsAtNumber &&
        record->after.number == names_.commit(reader.newest).number)
      reader.commit = reader.newest;
    reader.phase = Reader::kFollowing;
    return reach(world);
  }
  lose(world);
  rest(world);  // and asks the file, for now
}

std::optional<CommitRecord> Exploration::found(const Reader& reader) {
  const auto& pieces = reader.place;
  const bool is_whole = pieces[0] != 0 && pieces[0] == pieces[1] && pieces[0] == pieces[2];
  const CommitRecord& first = names_.record(pieces[0]);
  const Commit& before = names_.commit(reader.commit);
  std::optional<CommitRecord> none;
  switch (mutant_) {
    case Mutant::kMatchedByNumber:
      return is_whole && first.before.number == before.number ? std::optional(first) : none;
    case Mutant::kMatchedByPlace:
      return is_whole ? std::optional(first) : none;
    case Mutant::kNoChecksum:
      return pieces[1] != 0 && first.before == before ? std::optional(names_.record(pieces[1]))
                                                      : none;
    default:
      return names_.found(pieces, reader.commit);
  }
}

// A SELECT waits for whoever writes the header, and repairs what a killed one has left.
void Exploration::select(World& world) {
  Reader& reader = world.reader;
  if (!world.is_sound()) {
    if (world.is_locked()) return;
    world.second = world.first_half = world.other_half = names_.recovered(world.log);
    world.newest = world.in_log;
  }
  reader.value = world.newest[reader.row];
  reader.was_old = {};
  reader.seen = reader.newest = 0;
  reader.phase = Reader::kKeeping;
  reach(world);
}

void Exploration::rest(World world) {
  Reader& reader = world.reader;
  const Id commit = is_empty(reader) ? Id{0} : reader.commit;
  const Versions rows = reader.rows;
  reader = {};
  reader.rows = rows;
  reader.commit = commit;
  reach(world);
}

}  // namespace commit_model
