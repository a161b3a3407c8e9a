// Any text to a record: spans lie within the text, the record is written and read again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "doc/record_json.h"
#include "extract/extract.h"
#include "segment/segment.h"
#include "text/unicode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hoidau;
  static const auto segment_rules = SegmentRules::Load(HOIDAU_SOURCE_DIR "/models");
  static const auto extract_rules = ExtractRules::Load(HOIDAU_SOURCE_DIR "/models");
  const DocumentText text = FromPlainText(ToNfc(MakeValidUtf8({reinterpret_cast<const char*>(data), size})));
  const Outline outline = Segment(text, *segment_rules);
  for (const Block& block : outline.blocks) {
    if (block.span.begin > block.span.end || block.span.end > text.text.size()) std::abort();
    if (block.back.size() != block.text.size() + 1) std::abort();
  }
  Record record;
  Extract(text, outline, *extract_rules, {}, record);
  for (const auto& [pointer, evidence] : record.evidence) {
    if (evidence.span && (evidence.span->begin > evidence.span->end || evidence.span->end > text.text.size()))
      std::abort();
  }
  if (!RecordFromJson(ToJson(record))) std::abort();
  return 0;
}
