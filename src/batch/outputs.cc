#include "batch/outputs.h"

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "base/sha256.h"
#include "doc/record_json.h"
#include "emit/alto.h"
#include "emit/hocr.h"
#include "emit/markdown.h"
#include "emit/pdf.h"

namespace hoidau {
namespace {

// Each format but Markdown, which needs more than the record: `markdown` gives that. The record comes last, it has what
// there is to say about the others.
Status FillOutputs(const std::string& input, std::uint64_t max_bytes, const std::vector<OutputFormat>& formats,
                   const std::function<Result<std::string>()>& markdown, bool add_issues, MadeOutputs& made) {
  for (const OutputFormat& format : formats) {
    const std::string_view name = format.name;
    Output output{.extension = format.extension, .content = {}};
    if (name == "txt") {
      output.content = made.record.text;
    } else if (name == "hocr") {
      output.content = ToHocr(made.record);
    } else if (name == "alto") {
      output.content = ToAlto(made.record);
    } else if (name == "md") {
      Result<std::string> content = markdown();
      if (!content) return content.error();
      output.content = std::move(*content);
    } else if (name == "pdf") {
      const Result<std::string> source = ReadFile(input, max_bytes);
      if (!source) return source.error();
      Result<SearchablePdf> pdf = MakeSearchablePdf(*source, made.record);
      if (!pdf) return pdf.error();
      output.content = std::move(pdf->bytes);
      if (add_issues) {
        made.record.issues.insert(made.record.issues.end(), pdf->issues.begin(), pdf->issues.end());
      }
    }
    made.outputs.push_back(std::move(output));
  }
  for (Output& output : made.outputs) {
    if (output.extension == ".json") output.content = ToJson(made.record);
  }
  return Done{};
}

}  // namespace

std::vector<OutputFormat> FormatsNamed(const std::vector<std::string>& names) {
  std::vector<OutputFormat> out;
  for (const OutputFormat& format : kOutputFormats) {
    if (std::find(names.begin(), names.end(), format.name) != names.end()) out.push_back(format);
  }
  return out;
}

Result<MadeOutputs> MakeOutputs(const Pipeline& pipeline, const std::string& input, std::uint64_t max_bytes,
                                const std::vector<OutputFormat>& formats, const OnStage& on_stage) {
  const auto stage = [&](std::string_view name) {
    if (on_stage) on_stage(name);
  };
  stage("read");
  const Result<Document> document = pipeline.Read(input);
  if (!document) return document.error();
  stage("recover");
  const Result<RecoveredDocument> recovered = pipeline.Recover(*document);
  if (!recovered) return recovered.error();
  stage("describe");
  Result<Record> record = pipeline.Describe(*document, *recovered);
  if (!record) return record.error();
  stage("write");
  MadeOutputs made;
  made.needs_look = NeedsLook(*record);
  // Formats with places are made of what the JSON says, to its digits: so they are the same for a duplicate, which is
  // made of the JSON.
  const bool places = std::any_of(formats.begin(), formats.end(), [](const OutputFormat& f) {
    const std::string_view name = f.name;
    return name == "pdf" || name == "hocr" || name == "alto";
  });
  if (places) record = RecordFromJson(ToJson(*record));
  if (!record) return record.error();
  made.record = std::move(*record);
  const auto markdown = [&]() -> Result<std::string> {
    const Result<Outline> outline = pipeline.Structure(*document, *recovered);
    if (!outline) return outline.error();
    return ToMarkdown(JoinPages(*document, *recovered), *outline);
  };
  const Status filled = FillOutputs(input, max_bytes, formats, markdown, true, made);
  if (!filled) return filled.error();
  return made;
}

Result<MadeOutputs> CopyOutputs(const std::string& twin_stem, const std::string& json_sha256, const std::string& input,
                                std::uint64_t max_bytes, const std::vector<OutputFormat>& formats) {
  const Result<std::string> json = ReadFile(twin_stem + ".json");
  if (!json) return json.error();
  if (Sha256Hex(*json) != json_sha256) {
    return Error{ErrorCode::kBadInput, twin_stem + ".json: is not as it was written"};
  }
  Result<Record> record = RecordFromJson(*json);
  if (!record) return record.error();
  MadeOutputs made;
  made.record = std::move(*record);
  // Messages about pages begin with the name of the file.
  const std::string twin = made.record.source.file + ":";
  for (Issue& issue : made.record.issues) {
    if (issue.message.starts_with(twin)) issue.message.replace(0, twin.size() - 1, input);
  }
  made.record.source.file = input;
  const auto markdown = [&] { return ReadFile(twin_stem + ".md"); };
  const Status filled = FillOutputs(input, max_bytes, formats, markdown, false, made);
  if (!filled) return filled.error();
  return made;
}

}  // namespace hoidau
