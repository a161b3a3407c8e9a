// Issues of Gitea, GitHub and GitLab by their REST interfaces: POST makes one, PATCH or PUT changes it. The task's UUID
// stands in the body, and is looked for before an issue is made, so a lost ledger makes no second one.
//
//   Result<Forge> forge = Forge::At("gitea:https://git.example.vn/ubnd/ke-hoach");
//   Delivery delivery = forge->Send(token, changes);
//
// Thread safety: immutable. Limits: as SendHttp; GitHub's issues have no due date of their own, so it stands in the
// body; an undo closes issues, as none of the three lets everybody delete.
#ifndef HOIDAU_TRACKER_FORGE_H_
#define HOIDAU_TRACKER_FORGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tracker/delivery.h"

namespace hoidau {

class Forge {
 public:
  // Whether a target is for At.
  static bool Is(std::string_view target);
  // "gitea:https://HOST/OWNER/REPO", "github:https://api.github.com/OWNER/REPO", "gitlab:https://HOST/GROUP/PROJECT".
  // kBadInput.
  static Result<Forge> At(std::string_view target);

  Delivery Send(const std::string& token, const std::vector<Change>& changes) const;

 private:
  enum class Kind { kGitea, kGitHub, kGitLab };
  // The fields of an issue as JSON.
  std::string Body(const Change& change) const;
  // The number of the issue that names the item; empty: there is none.
  Result<std::string> Find(const std::string& token, const std::string& uuid) const;
  std::vector<std::string> Headers(const std::string& token) const;

  Kind kind_ = Kind::kGitea;
  std::string issues_;  // URL of all issues
  std::string search_;  // and of those that contain the text put behind it
};

}  // namespace hoidau

#endif  // HOIDAU_TRACKER_FORGE_H_
