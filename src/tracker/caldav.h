// A collection on a CalDAV server (RFC 4791): one resource an item, <url>/<uuid>.ics. Nothing of others is overwritten:
// a new item is put only where none is (If-None-Match), a known one only where it is as we left it (If-Match).
//
//   Delivery delivery = PutCalendar({.url = "https://cal.example.vn/van-thu/plans/", .login = "van-thu:…"}, changes);
//   ledger.Append(target, delivery.done);          // and their keys, which are the server's ETags
//
// Thread safety: free function. Limits: as SendHttp.
#ifndef HOIDAU_TRACKER_CALDAV_H_
#define HOIDAU_TRACKER_CALDAV_H_

#include <optional>
#include <string>
#include <vector>

#include "tracker/ledger.h"

namespace hoidau {

struct CalendarServer {
  std::string url;    // of the collection
  std::string login;  // "user:password"
};

// What became of an export to a server. It stops at the first error; what was done before stays done.
struct Delivery {
  std::vector<Change> done;       // with the key that the server gave
  std::vector<Change> conflicts;  // somebody else made, changed or deleted the item: left as it is there
  std::optional<Error> error;
};

Delivery PutCalendar(const CalendarServer& server, const std::vector<Change>& changes);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_CALDAV_H_
