// A collection on a CalDAV server (RFC 4791): one resource an item, <url>/<uuid>.ics. Nothing of others is overwritten:
// a new item is put only where none is (If-None-Match), a known one only where it is as we left it (If-Match).
//
//   Delivery delivery = PutCalendar({.url = "https://cal.example.vn/van-thu/plans/", .login = "van-thu:…"}, changes);
//   ledger.Append(target, delivery.done);          // and their keys, which are the server's ETags
//
// Thread safety: free function. Limits: as SendHttp.
#ifndef HOIDAU_TRACKER_CALDAV_H_
#define HOIDAU_TRACKER_CALDAV_H_

#include <string>
#include <vector>

#include "tracker/delivery.h"

namespace hoidau {

struct CalendarServer {
  std::string url;    // of the collection
  std::string login;  // "user:password"
};

Delivery PutCalendar(const CalendarServer& server, const std::vector<Change>& changes);

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_CALDAV_H_
