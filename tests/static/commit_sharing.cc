// No order of the steps of three processes makes an answer from memory stale, and each rule of the
// protocol is needed for that: without it the same exploration finds a stale answer.
#include <gtest/gtest.h>

#include "commit_model.h"

namespace {

using commit_model::Bounds;
using commit_model::explore;
using commit_model::Mutant;
using commit_model::Torn;

constexpr Bounds kLogBegunAnew{
    .commits = 3, .kills = 1, .restarts = 1, .is_locked = true, .torn = Torn::kNothing};
constexpr Bounds kTornRecords{
    .commits = 3, .kills = 2, .restarts = 0, .is_locked = true, .torn = Torn::kRecords};
constexpr Bounds kAllTorn{
    .commits = 2, .kills = 1, .restarts = 0, .is_locked = true, .torn = Torn::kAll};
constexpr Bounds kWithoutLock{
    .commits = 2, .kills = 2, .restarts = 1, .is_locked = false, .torn = Torn::kRecords};

void expect_sound(const Bounds& bounds) {
  const auto outcome = explore(bounds, Mutant::kNone);
  EXPECT_FALSE(outcome.is_stale);
  EXPECT_GT(outcome.states, 100000u);
  EXPECT_GT(outcome.answers, 1000u);
  EXPECT_GT(outcome.followed, 500u);
}

void expect_stale(const Bounds& bounds, Mutant mutant) {
  EXPECT_TRUE(explore(bounds, mutant).is_stale);
}

TEST(CommitSharing, is_sound_when_logs_begin_anew) { expect_sound(kLogBegunAnew); }
TEST(CommitSharing, is_sound_when_records_are_torn) { expect_sound(kTornRecords); }
TEST(CommitSharing, is_sound_when_all_is_torn) { expect_sound(kAllTorn); }
TEST(CommitSharing, is_sound_without_the_lock) { expect_sound(kWithoutLock); }

TEST(CommitSharing, needs_a_record_to_name_what_it_follows) {
  expect_stale(kTornRecords, Mutant::kMatchedByNumber);
  expect_stale(kTornRecords, Mutant::kMatchedByPlace);
}
TEST(CommitSharing, needs_the_checksum) { expect_stale(kTornRecords, Mutant::kNoChecksum); }
TEST(CommitSharing, needs_a_record_to_name_where_it_leads) {
  expect_stale(kTornRecords, Mutant::kEndsAtNumber);
}
TEST(CommitSharing, needs_the_stop_at_a_gap) { expect_stale(kTornRecords, Mutant::kGoesOnAtGap); }
TEST(CommitSharing, needs_the_proof) {
  expect_stale(kTornRecords, Mutant::kNotProved);
  expect_stale(kLogBegunAnew, Mutant::kRestartNotProved);
}

TEST(CommitRing, leads_only_to_the_next_number) {
  larder::CommitRing::Place place{};
  larder::CommitRing ring(&place, 1);
  const larder::Commit first{1, 1, {1, 1}, {1, 1}}, second{2, 2, {2, 2}, {1, 1}};
  ring.tell({first, second, {}});
  ASSERT_TRUE(ring.after(first));
  EXPECT_EQ(ring.after(first)->after, second);
  ring.tell({first, first, {}});
  EXPECT_FALSE(ring.after(first));
}

}  // namespace
