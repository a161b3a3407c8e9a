#include <algorithm>
#include <utility>

#include "pipeline/byte_escape.h"
#include "pipeline/pipeline_impl.h"
#include "pipeline/text_cutter.h"
#include "repair/damage_maker.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Takes runs with bytes that are no text from the tokens: what is no token stays as it is.
void LeaveAlone(const ByteEscape& escape, Page& page) {
  for (Line& line : page.lines) {
    std::erase_if(line.tokens, [&](const Token& t) { return escape.Has(t.raw_span.In(page.raw)); });
  }
}

}  // namespace

struct TextFilter::Impl {
  explicit Impl(const TextFilterOptions& options) : cutter(options.document_bytes) {}

  const RepairModel* model = nullptr;  // nullptr: `make` test input instead
  std::function<std::string(std::string_view)> make;
  RepairOptions repair;
  RepairScratch scratch;
  TextCutter cutter;
  Sink sink;
  std::uint64_t bad_bytes = 0;
  std::uint64_t lines = 0;

  std::string Filter(std::string_view document);
};

std::string TextFilter::Impl::Filter(std::string_view document) {
  const bool feed = document.ends_with('\f');
  if (feed) document.remove_suffix(1);
  const ByteEscape escape(document);
  bad_bytes += escape.bad_bytes();
  std::string out;
  if (model == nullptr) {
    out = make(ToNfc(escape.text()));
  } else {
    Document read;
    read.pages.push_back(PlainTextPage(escape.text(), 1));
    if (escape.bad_bytes() > 0) LeaveAlone(escape, read.pages[0]);
    const RecoveredDocument recovered = Repair(read, *model, scratch, repair);
    if (sink) {
      sink(read, recovered, lines);
    } else {
      out = recovered.pages[0].layer.text();
    }
  }
  lines += static_cast<std::uint64_t>(std::count(document.begin(), document.end(), '\n'));
  if (sink) return {};
  out = escape.Undo(out);
  if (feed) out += '\f';
  return out;
}

TextFilter::TextFilter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TextFilter::TextFilter(TextFilter&&) noexcept = default;
TextFilter& TextFilter::operator=(TextFilter&&) noexcept = default;
TextFilter::~TextFilter() = default;

Result<TextFilter> Pipeline::Filter(const TextFilterOptions& options) const {
  const Result<RepairModel>& model = impl_->repair.Get();
  if (!model) return model.error();
  auto impl = std::make_unique<TextFilter::Impl>(options);
  impl->model = &*model;
  impl->repair = impl_->MakeRepairOptions();
  return TextFilter(std::move(impl));
}

TextFilter MarkStripper(const TextFilterOptions& options) {
  auto impl = std::make_unique<TextFilter::Impl>(options);
  impl->make = [](std::string_view text) { return StripMarks(text); };
  return TextFilter(std::move(impl));
}

Result<TextFilter> Pipeline::Damager(const TextFilterOptions& options, const std::string& channel,
                                     std::uint64_t seed) const {
  Result<DamageMaker> maker = DamageMaker::Load(impl_->models_dir + "/channel/" + channel + ".tsv");
  if (!maker) return maker.error();
  auto impl = std::make_unique<TextFilter::Impl>(options);
  impl->make = [maker = std::move(*maker), seed](std::string_view text) { return maker.Damage(text, seed); };
  return TextFilter(std::move(impl));
}

std::string TextFilter::Feed(std::string_view bytes) {
  std::string out;
  impl_->cutter.Feed(bytes, [&](std::string_view document) { out += impl_->Filter(document); });
  return out;
}

std::string TextFilter::Finish() {
  std::string out;
  impl_->cutter.Finish([&](std::string_view document) { out += impl_->Filter(document); });
  return out;
}

std::string TextFilter::Whole(std::string_view text) {
  std::string out = Feed(text);
  return out += Finish();
}

void TextFilter::SetSink(Sink sink) { impl_->sink = std::move(sink); }

std::uint64_t TextFilter::bad_bytes() const { return impl_->bad_bytes; }

}  // namespace hoidau
