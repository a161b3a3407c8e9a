#include "ocr/tesseract.h"

#include <dlfcn.h>
#include <tesseract/baseapi.h>
#include <tesseract/ltrresultiterator.h>
#include <tesseract/ocrclass.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <utility>

namespace hoidau {
namespace {

constexpr int kMaxAlternatives = 4;
constexpr float kLeastAlternative = 0.01F;

// vie → tesseract-ocr-vie, script/Vietnamese → tesseract-ocr-script-viet (Debian's names).
std::string PackageOf(const std::string& language) {
  if (language.find("Vietnamese") != std::string::npos) return "tesseract-ocr-script-viet";
  std::string package = "tesseract-ocr-";
  for (const char c : language.substr(0, language.find('+'))) package += c == '_' ? '-' : c;
  return package;
}

struct FreeText {
  void operator()(char* text) const { delete[] text; }
};
using OwnedText = std::unique_ptr<char, FreeText>;

// One position of a word: the readings of a symbol.
using Position = std::vector<Candidate>;

// Readings of the whole word that differ from the best in one symbol, best first.
std::vector<Candidate> Alternatives(const std::vector<Position>& positions, const std::string& best, float confidence) {
  std::vector<Candidate> out;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    for (std::size_t k = 1; k < positions[i].size(); ++k) {
      std::string text;
      for (std::size_t j = 0; j < positions.size(); ++j) text += positions[j][j == i ? k : 0].text;
      const float share = positions[i][k].confidence / std::max(0.01F, positions[i][0].confidence);
      const Candidate candidate{text, std::min(1.0F, confidence * share)};
      const bool known =
          text == best || std::any_of(out.begin(), out.end(), [&](const Candidate& c) { return c.text == text; });
      if (!known && candidate.confidence >= kLeastAlternative) out.push_back(candidate);
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; });
  if (out.size() > kMaxAlternatives) out.resize(kMaxAlternatives);
  return out;
}

tesseract::PageSegMode ModeOf(OcrScope scope) {
  switch (scope) {
    case OcrScope::kLine:
      return tesseract::PSM_SINGLE_LINE;
    case OcrScope::kBlock:
      return tesseract::PSM_SINGLE_BLOCK;
    case OcrScope::kPage:
      break;
  }
  return tesseract::PSM_AUTO;
}

std::int64_t ThreadMs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

// Stops a recognition that has worked for too long. It counts the work of this thread, not the clock on the wall: what
// is read of a page must not depend on what else the machine does.
class WorkLimit {
 public:
  explicit WorkLimit(int limit_ms) : end_(ThreadMs() + limit_ms) {}

  void Watch(tesseract::ETEXT_DESC& monitor) {
    monitor.cancel_this = this;
    monitor.cancel = [](void* self, int /*words*/) { return static_cast<WorkLimit*>(self)->exceeded(); };
  }
  bool exceeded() const { return ThreadMs() > end_; }

 private:
  std::int64_t end_;
};

// Lets Tesseract start no threads from this one. OpenMP reads OMP_THREAD_LIMIT before main, and Tesseract asks for four
// threads by number, so the runtime that it brought along is told; there may be none.
void StayOnThisThread() {
  static const auto set_levels = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "omp_set_max_active_levels"));
  static const bool users = std::getenv("OMP_THREAD_LIMIT") != nullptr;
  if (set_levels != nullptr && !users) set_levels(0);
}

// Its iterator for text in both directions goes through the whole page for every word; this one is for ours.
class Api : public tesseract::TessBaseAPI {
 public:
  using tesseract::TessBaseAPI::GetLTRIterator;
};

class Tesseract : public OcrEngine {
 public:
  explicit Tesseract(TesseractOptions options) : options_(std::move(options)) {}

  Status Open() {
    const char* folder = options_.data_dir.empty() ? nullptr : options_.data_dir.c_str();
    api_.SetVariable("debug_file", "/dev/null");  // its remarks go to stderr otherwise
    if (api_.Init(folder, options_.language.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
      return Error{ErrorCode::kMissing, "Tesseract's language data '" + options_.language +
                                            "' is missing; apt install " + PackageOf(options_.language)};
    }
    // What nobody asks for here: paragraphs made of the words read, and type of one width.
    api_.SetVariable("paragraph_text_based", "0");
    api_.SetVariable("textord_all_prop", "1");
    if (options_.alternatives) {
      api_.SetVariable("lstm_choice_mode", "2");
      // Two rounds of search for other symbols instead of five: what the other three find hardly helps recovery (on
      // faint print 0.2 points of syllables, else nothing), and they take a tenth of the time.
      api_.SetVariable("lstm_choice_iterations", "2");
    }
    return Done{};
  }

  std::string name() const override { return "Tesseract " + TesseractVersion() + " (" + options_.language + ")"; }

  Result<std::vector<OcrLine>> Recognize(const Image& image, OcrScope scope) override {
    StayOnThisThread();
    try {
      api_.SetPageSegMode(ModeOf(scope));
      api_.SetImage(image.pix());
      api_.SetSourceResolution(image.dpi() > 0 ? image.dpi() : 300);
      tesseract::ETEXT_DESC monitor;
      WorkLimit limit(options_.time_limit_ms);
      if (options_.time_limit_ms > 0) limit.Watch(monitor);
      const bool read = api_.Recognize(&monitor) == 0;
      if (options_.time_limit_ms > 0 && limit.exceeded()) {
        api_.Clear();
        return Error{ErrorCode::kResourceLimit,
                     "text recognition took longer than " + std::to_string(options_.time_limit_ms / 1000) + " s"};
      }
      if (!read) {
        api_.Clear();
        return Error{ErrorCode::kInternal, "text recognition failed"};
      }
      std::vector<OcrLine> lines = Copy();
      api_.Clear();
      return lines;
    } catch (const std::exception& e) {
      return Error{ErrorCode::kInternal, std::string("text recognition failed: ") + e.what()};
    }
  }

 private:
  // Everything that the iterator shows dies with the next page: copied at once.
  std::vector<OcrLine> Copy() {
    std::vector<OcrLine> lines;
    const std::unique_ptr<tesseract::LTRResultIterator> it(api_.GetLTRIterator());
    if (!it || it->Empty(tesseract::RIL_WORD)) return lines;
    do {
      if (it->Empty(tesseract::RIL_WORD)) continue;
      if (lines.empty() || it->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) lines.emplace_back();
      OcrWord word;
      if (const OwnedText text{it->GetUTF8Text(tesseract::RIL_WORD)}) word.text = text.get();
      int left, top, right, bottom;
      if (!it->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) continue;
      word.box = {static_cast<float>(left), static_cast<float>(top), static_cast<float>(right),
                  static_cast<float>(bottom)};
      word.confidence = std::clamp(it->Confidence(tesseract::RIL_WORD) / 100, 0.0F, 1.0F);
      if (options_.alternatives) word.alternatives = Alternatives(Positions(*it), word.text, word.confidence);
      lines.back().words.push_back(std::move(word));
    } while (it->Next(tesseract::RIL_WORD));
    return lines;
  }

  static std::vector<Position> Positions(const tesseract::LTRResultIterator& at_word) {
    std::vector<Position> positions;
    tesseract::LTRResultIterator symbol(at_word);
    do {
      Position position;
      if (const OwnedText text{symbol.GetUTF8Text(tesseract::RIL_SYMBOL)}) {
        position.push_back({text.get(), symbol.Confidence(tesseract::RIL_SYMBOL) / 100});
      }
      if (position.empty()) continue;
      tesseract::ChoiceIterator choice(symbol);
      do {
        const char* text = choice.GetUTF8Text();
        if (text != nullptr && *text != '\0' && position[0].text != text)
          position.push_back({text, choice.Confidence() / 100});
      } while (choice.Next());
      positions.push_back(std::move(position));
    } while (!symbol.IsAtFinalElement(tesseract::RIL_WORD, tesseract::RIL_SYMBOL) &&
             symbol.Next(tesseract::RIL_SYMBOL));
    return positions;
  }

  TesseractOptions options_;
  Api api_;
};

}  // namespace

Result<std::unique_ptr<OcrEngine>> OpenTesseract(const TesseractOptions& options) {
  // The language becomes part of a path.
  for (const char c : options.language) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_' && c != '+' && c != '/') {
      return Error{ErrorCode::kMissing, "'" + options.language + "' is no name of a Tesseract language"};
    }
  }
  try {
    auto engine = std::make_unique<Tesseract>(options);
    if (Status opened = engine->Open(); !opened) return opened.error();
    return std::unique_ptr<OcrEngine>(std::move(engine));
  } catch (const std::exception& e) {
    return Error{ErrorCode::kInternal, std::string("Tesseract: ") + e.what()};
  }
}

std::string TesseractVersion() { return tesseract::TessBaseAPI::Version(); }

}  // namespace hoidau
