// The one list of what Larder consists of. (Not features.h: on an -I path that would shadow a
// header of glibc.) A feature is defined in its own folder; larder.cc registers them.
#pragma once

#include "store/feature.h"

namespace larder {

extern const Feature kCacheFeature;       // ext/cache
extern const Feature kLedgerFeature;      // ext/ledger: what is done
extern const Feature kClaimFeature;       // ext/ledger: who does what is not
extern const Feature kCheckpointFeature;  // ext/checkpoint
extern const Feature kLeaseFeature;       // ext/lease
extern const Feature kRateFeature;        // ext/rate
extern const Feature kRunFeature;         // ext/run
extern const Feature kMigrationFeature;   // ext/migration
extern const Feature kExpiryFeature;      // ext/expiry
extern const Feature kKvFeature;          // ext/kv

inline constexpr const Feature* kFeatures[] = {
    &kCacheFeature, &kLedgerFeature, &kClaimFeature,     &kCheckpointFeature, &kLeaseFeature,
    &kRateFeature,  &kRunFeature,    &kMigrationFeature, &kExpiryFeature,     &kKvFeature,
};

}  // namespace larder
