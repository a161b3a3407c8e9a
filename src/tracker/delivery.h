// What became of an export to a server. It stops at the first error; what was done before stays done.
//
//   ledger.Append(target, delivery.done);   // and the keys, which are the server's names or tags of the items
//
// Thread safety: a plain value.
#ifndef HOIDAU_TRACKER_DELIVERY_H_
#define HOIDAU_TRACKER_DELIVERY_H_

#include <optional>
#include <vector>

#include "tracker/ledger.h"

namespace hoidau {

struct Delivery {
  std::vector<Change> done;       // with the key that the server gave
  std::vector<Change> conflicts;  // somebody else made, changed or deleted the item: left as it is there
  std::optional<Error> error;
};

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_DELIVERY_H_
