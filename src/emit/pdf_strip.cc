#include "emit/pdf_strip.h"

#include <cmath>
#include <cstddef>
#include <qpdf/Pl_String.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFMatrix.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hoidau {
namespace {

constexpr int kDeepest = 8;
constexpr double kCover = 0.6;  // as ingest: an image over more than this share of the page makes it a scan
constexpr int kInvisible = 3;   // render mode
constexpr std::size_t kMostOperations = 20'000'000;  // of a page: forms that draw forms can multiply
constexpr const char* kSilent = "/Span << /ActualText () >> BDC\n";

// What q saves and Q brings back, as far as it matters here.
struct State {
  QPDFMatrix matrix;
  int render_mode = 0;
};

struct Operation {
  std::string name;
  std::vector<QPDFObjectHandle> operands;
  std::size_t begin = 0, end = 0;  // bytes of the content, operands and operator
};

class Operations : public QPDFObjectHandle::ParserCallbacks {
 public:
  void handleObject(QPDFObjectHandle object, std::size_t offset, std::size_t length) override {
    if (!pending_) next_.begin = offset;
    pending_ = true;
    if (!object.isOperator()) {
      next_.operands.push_back(object);
      return;
    }
    next_.name = object.getOperatorValue();
    next_.end = offset + length;
    all.push_back(std::exchange(next_, {}));
    pending_ = false;
  }
  void handleEOF() override {}

  std::vector<Operation> all;

 private:
  Operation next_;
  bool pending_ = false;
};

bool ShowsText(const std::string& name) { return name == "Tj" || name == "TJ" || name == "'" || name == "\""; }

QPDFMatrix MatrixOf(const std::vector<QPDFObjectHandle>& numbers) {
  if (numbers.size() != 6) return {};
  std::vector<double> n;
  for (QPDFObjectHandle number : numbers) n.push_back(number.isNumber() ? number.getNumericValue() : 0);
  return {n[0], n[1], n[2], n[3], n[4], n[5]};
}

class Stripper {
 public:
  Stripper(QPDF& pdf, double page_area) : pdf_(pdf), page_area_(page_area) {}

  // The content without its text. The first walk finds how many images cover the page, the second one knows by that
  // which text lies under the last of them.
  std::string Strip(const std::string& content, QPDFObjectHandle resources, bool* changed) {
    Walk(content, resources, {}, 0, nullptr);
    covers_in_all_ = std::exchange(covers_, 0);
    rewrite_ = true;
    return Walk(content, resources, {}, 0, changed);
  }

 private:
  bool CoversPage(QPDFObjectHandle image, const State& state) const {
    QPDFObjectHandle dictionary = image.getDict();
    if (dictionary.hasKey("/SMask") || dictionary.hasKey("/Mask")) return false;
    QPDFObjectHandle mask = dictionary.getKey("/ImageMask");
    if (mask.isBool() && mask.getBoolValue()) return false;
    const QPDFMatrix& m = state.matrix;
    return std::abs(m.a * m.d - m.b * m.c) >= kCover * page_area_;
  }

  // What takes the place of an operation that shows text.
  std::string Replacement(const Operation& operation, const std::string& source, const State& state) const {
    const bool hidden = state.render_mode == kInvisible || covers_ < covers_in_all_;
    if (!hidden) return kSilent + source + "\nEMC\n";
    if (operation.name == "'") return "T*\n";
    if (operation.name == "\"" && operation.operands.size() == 3) {
      QPDFObjectHandle word = operation.operands[0], character = operation.operands[1];
      return word.unparse() + " Tw " + character.unparse() + " Tc T*\n";
    }
    return "\n";
  }

  // REQUIRES: `resources` belongs to this content alone where rewrite_ is set.
  std::string Walk(const std::string& content, QPDFObjectHandle resources, State state, int depth, bool* changed) {
    Operations operations;
    QPDFObjectHandle::parseContentStream(QPDFObjectHandle::newStream(&pdf_, content), &operations);
    operations_ += operations.all.size();
    if (operations_ > kMostOperations) throw std::runtime_error("a page is too large to be taken apart");
    std::vector<State> saved;
    std::string out;
    std::size_t kept = 0;  // bytes of content dealt with
    for (const Operation& operation : operations.all) {
      const std::string& name = operation.name;
      if (name == "q") {
        saved.push_back(state);
      } else if (name == "Q" && !saved.empty()) {
        state = saved.back();
        saved.pop_back();
      } else if (name == "cm") {
        state.matrix.concat(MatrixOf(operation.operands));
      } else if (name == "Tr" && !operation.operands.empty()) {
        QPDFObjectHandle mode = operation.operands.back();
        if (mode.isInteger()) state.render_mode = mode.getIntValueAsInt();
      } else if (name == "Do" && !operation.operands.empty()) {
        Paint(operation.operands.back(), resources, state, depth, changed);
      } else if (ShowsText(name) && rewrite_) {
        out.append(content, kept, operation.begin - kept);
        out += Replacement(operation, content.substr(operation.begin, operation.end - operation.begin), state);
        kept = operation.end;
        *changed = true;
      }
    }
    return rewrite_ ? out.append(content, kept) : out;
  }

  void Paint(QPDFObjectHandle name, QPDFObjectHandle resources, State state, int depth, bool* changed) {
    if (!name.isName() || !resources.isDictionary()) return;
    QPDFObjectHandle objects = resources.getKey("/XObject");
    QPDFObjectHandle object = objects.isDictionary() ? objects.getKey(name.getName()) : QPDFObjectHandle::newNull();
    if (!object.isStream()) return;
    QPDFObjectHandle dictionary = object.getDict();
    if (dictionary.getKey("/Subtype").isNameAndEquals("/Image")) {
      covers_ += CoversPage(object, state);
      return;
    }
    if (!dictionary.getKey("/Subtype").isNameAndEquals("/Form") || depth >= kDeepest) return;
    QPDFObjectHandle matrix = dictionary.getKey("/Matrix");
    if (matrix.isArray()) state.matrix.concat(MatrixOf(matrix.getArrayAsVector()));
    // A form without resources takes those of the page.
    const bool own = dictionary.getKey("/Resources").isDictionary();
    QPDFObjectHandle inner = own ? dictionary.getKey("/Resources") : resources;
    if (rewrite_ && own) inner = PrivateResources(inner);
    std::string drawing;
    Pl_String to_string("form", nullptr, drawing);
    object.pipeStreamData(&to_string, 0, qpdf_dl_generalized, true);
    bool inner_changed = false;
    const std::string content = Walk(drawing, inner, state, depth + 1, &inner_changed);
    if (!inner_changed) return;
    QPDFObjectHandle form = QPDFObjectHandle::newStream(&pdf_, content);
    for (const std::string& key : dictionary.getKeys()) {
      if (key != "/Length" && key != "/Filter" && key != "/DecodeParms") {
        form.getDict().replaceKey(key, dictionary.getKey(key));
      }
    }
    if (own) form.getDict().replaceKey("/Resources", inner);
    objects.replaceKey(name.getName(), form);
    *changed = true;
  }

 public:
  // A copy whose /XObject can be changed with nobody else's.
  static QPDFObjectHandle PrivateResources(QPDFObjectHandle resources) {
    QPDFObjectHandle copy = resources.shallowCopy();
    QPDFObjectHandle objects = copy.getKey("/XObject");
    if (objects.isDictionary()) copy.replaceKey("/XObject", objects.shallowCopy());
    return copy;
  }

 private:
  QPDF& pdf_;
  double page_area_;
  bool rewrite_ = false;
  std::size_t operations_ = 0;
  int covers_ = 0, covers_in_all_ = 0;  // images that cover the page: drawn so far, and in all
};

}  // namespace

void HideText(QPDF& pdf, QPDFPageObjectHelper& page) {
  std::string drawing;
  Pl_String to_string("content", nullptr, drawing);
  page.pipeContents(&to_string);
  const QPDFObjectHandle::Rectangle media = page.getMediaBox().getArrayAsRectangle();
  Stripper stripper(pdf, std::abs((media.urx - media.llx) * (media.ury - media.lly)));
  QPDFObjectHandle resources = page.getAttribute("/Resources", true);
  if (resources.isDictionary()) resources = Stripper::PrivateResources(resources);
  bool changed = false;
  const std::string content = stripper.Strip(drawing, resources, &changed);
  if (!changed) return;
  if (resources.isDictionary()) page.getObjectHandle().replaceKey("/Resources", resources);
  page.getObjectHandle().replaceKey("/Contents", QPDFObjectHandle::newStream(&pdf, content));
}

}  // namespace hoidau
