// What is written of one file: the formats, and how each is made.
//
//   const std::vector<OutputFormat> formats = FormatsNamed({"json", "txt"});
//   Result<MadeOutputs> made = MakeOutputs(pipeline, "plan.pdf", 1 << 30, formats);
//   for (const Output& output : made->outputs) WriteFileAtomic("out/plan" + output.extension, output.content);
//
// Thread safety: free functions over a shared Pipeline. Limits: those of its options.
#ifndef HOIDAU_BATCH_OUTPUTS_H_
#define HOIDAU_BATCH_OUTPUTS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/record.h"
#include "pipeline/hoidau.h"

namespace hoidau {

struct OutputFormat {
  const char* name;       // on the command line
  const char* extension;  // of the file
};
inline constexpr OutputFormat kOutputFormats[] = {{"json", ".json"}, {"txt", ".txt"},       {"pdf", ".pdf"},
                                                  {"hocr", ".hocr"}, {"alto", ".alto.xml"}, {"md", ".md"}};

// REQUIRES: names of kOutputFormats. In their order, each once.
std::vector<OutputFormat> FormatsNamed(const std::vector<std::string>& names);

struct Output {
  std::string extension, content;
};
struct MadeOutputs {
  Record record;
  bool needs_look = false;  // NeedsLook of the record before it has what is to be said about the outputs
  std::vector<Output> outputs;
};

// Called with "read", "recover", "describe" and "write" as each begins.
using OnStage = std::function<void(std::string_view stage)>;

// All stages on one file, and each of `formats` made of it. `max_bytes`: of the file, for a searchable PDF.
Result<MadeOutputs> MakeOutputs(const Pipeline& pipeline, const std::string& input, std::uint64_t max_bytes,
                                const std::vector<OutputFormat>& formats, const OnStage& on_stage = {});

// The same for a file with the same content as one whose outputs are there, without reading it: `twin_stem` is the path
// of those without extension, and its JSON record has to have this SHA-256. kNotFound or kBadInput where they are not
// as they were. What comes out is byte for byte what MakeOutputs gives.
Result<MadeOutputs> CopyOutputs(const std::string& twin_stem, const std::string& json_sha256, const std::string& input,
                                std::uint64_t max_bytes, const std::vector<OutputFormat>& formats);

}  // namespace hoidau

#endif  // HOIDAU_BATCH_OUTPUTS_H_
