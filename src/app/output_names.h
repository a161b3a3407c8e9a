// How the outputs of `hoidau run -o DIR` are named.
//
//   OutputStems({"a/plan.pdf", "b/plan.txt"}, "out", {".json", ".txt"}) == {"out/plan", "out/plan.txt"}
//   // out/plan.json, out/plan.txt … and out/plan.txt.json, out/plan.txt.txt …
//
// Thread safety: pure, but it looks at the file system. Limits: names are compared byte by byte.
#ifndef HOIDAU_APP_OUTPUT_NAMES_H_
#define HOIDAU_APP_OUTPUT_NAMES_H_

#include <string>
#include <vector>

namespace hoidau {

// For each input the path of its outputs without their extension: the file's name without its last extension; with it
// where that name is taken by an input before, or where an output would be an input; with a number behind it where that
// is taken too. "-" is "stdin".
std::vector<std::string> OutputStems(const std::vector<std::string>& inputs, const std::string& dir,
                                     const std::vector<std::string>& extensions);

}  // namespace hoidau

#endif  // HOIDAU_APP_OUTPUT_NAMES_H_
