// Any text through recovery: a line for each line, valid UTF-8, spans in order.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "repair/repair.h"
#include "text/unicode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hoidau;
  static const auto model = RepairModel::Load(HOIDAU_SOURCE_DIR "/models");
  static RepairScratch scratch;
  Document document;
  document.pages.push_back(PlainTextPage(MakeValidUtf8({reinterpret_cast<const char*>(data), size}), 1));
  const RecoveredDocument recovered = Repair(document, *model, scratch, {});
  if (recovered.pages.size() != 1) std::abort();
  const RecoveredPage& page = recovered.pages.front();
  if (page.lines.size() != document.pages.front().lines.size() || !IsValidUtf8(page.layer.text())) std::abort();
  std::size_t end = 0;
  for (const RecoveredLine& line : page.lines) {
    if (line.text_span.begin < end || line.text_span.end > page.layer.text().size()) std::abort();
    end = line.text_span.end;
  }
  return 0;
}
