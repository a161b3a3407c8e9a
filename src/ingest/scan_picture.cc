#include "ingest/scan_picture.h"

#include <cmath>
#include <cstddef>
#include <exception>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFMatrix.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <set>
#include <utility>
#include <vector>

namespace hoidau {
namespace {

constexpr int kInvisible = 3;  // render mode of text

bool ShowsText(const std::string& name) { return name == "Tj" || name == "TJ" || name == "'" || name == "\""; }

// Commands that draw nothing and change nothing of a picture.
bool IsHarmless(const std::string& name) {
  static const auto* const harmless =
      new std::set<std::string>{"g",  "G",  "rg", "RG", "k",  "K",  "cs", "CS", "BT", "ET",  "Tf",  "Td", "TD", "Tm",
                                "T*", "Tc", "Tw", "Tz", "TL", "Ts", "w",  "J",  "j",  "BMC", "EMC", "MP", "DP"};
  return harmless->contains(name);
}

// Follows the commands of a page to the one picture that it draws.
class Follower : public QPDFObjectHandle::ParserCallbacks {
 public:
  void handleObject(QPDFObjectHandle object) override {
    if (!object.isOperator()) {
      operands_.push_back(object);
      return;
    }
    const std::string name = object.getOperatorValue();
    if (name == "q") {
      saved_.push_back(state_);
    } else if (name == "Q") {
      if (!saved_.empty()) state_ = saved_.back(), saved_.pop_back();
    } else if (name == "cm") {
      Transform();
    } else if (name == "Tr") {
      state_.render_mode = operands_.size() == 1 && operands_[0].isInteger() ? operands_[0].getIntValueAsInt() : 0;
    } else if (name == "Do" && operands_.size() == 1 && operands_[0].isName() && picture.empty()) {
      picture = operands_[0].getName();
      matrix = state_.matrix;
    } else if (name == "BDC") {
      // Optional content may be switched off.
      if (operands_.empty() || operands_[0].isNameAndEquals("/OC")) alone = false;
    } else if (!(ShowsText(name) && state_.render_mode == kInvisible) && !IsHarmless(name)) {
      alone = false;
    }
    operands_.clear();
    if (!alone) terminateParsing();
  }
  void handleEOF() override {}

  bool alone = true;    // nothing else is drawn
  std::string picture;  // its name among the resources
  QPDFMatrix matrix;

 private:
  // What q saves and Q brings back.
  struct State {
    QPDFMatrix matrix;
    int render_mode = 0;
  };
  void Transform() {
    std::vector<double> n;
    for (QPDFObjectHandle& number : operands_) n.push_back(number.isNumber() ? number.getNumericValue() : NAN);
    alone = n.size() == 6;
    if (alone) state_.matrix.concat({n[0], n[1], n[2], n[3], n[4], n[5]});
  }

  std::vector<QPDFObjectHandle> operands_;
  State state_;
  std::vector<State> saved_;
};

// Links and fields draw no more than a line or a signature.
bool HasOverlays(QPDFObjectHandle annotations) {
  if (!annotations.isArray()) return !annotations.isNull();
  for (QPDFObjectHandle annotation : annotations.getArrayAsVector()) {
    if (!annotation.isDictionary()) return true;
    QPDFObjectHandle kind = annotation.getKey("/Subtype");
    if (!kind.isNameAndEquals("/Link") && !kind.isNameAndEquals("/Widget")) return true;
  }
  return false;
}

// The stream as a JPEG file where no other colours are meant than those that stand in it. Nothing is unpacked: what is
// laid over the JPEG could be made to exhaust the memory.
std::string JpegOf(QPDFObjectHandle picture, QPDFObjectHandle resources) {
  QPDFObjectHandle dictionary = picture.getDict(), filter = dictionary.getKey("/Filter");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  QPDFObjectHandle colours = dictionary.getKey("/ColorSpace");
  const bool plain = colours.isNameAndEquals("/DeviceRGB") || colours.isNameAndEquals("/DeviceGray");
  if (!filter.isNameAndEquals("/DCTDecode") || !plain || dictionary.hasKey("/DecodeParms") ||
      resources.hasKey("/ColorSpace")) {
    return {};
  }
  const auto data = picture.getRawStreamData();
  return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

// Whether the commands are so few that unpacking them cannot exhaust the memory.
bool IsShort(QPDFObjectHandle page) {
  constexpr long long kMost = 1 << 17;  // bytes as packed
  long long bytes = 0;
  for (QPDFObjectHandle& stream : page.getPageContents()) {
    QPDFObjectHandle dictionary = stream.getDict(), filter = dictionary.getKey("/Filter");
    QPDFObjectHandle length = dictionary.getKey("/Length");
    if ((filter.isArray() && filter.getArrayNItems() > 1) || !length.isInteger()) return false;
    bytes += length.getIntValue();
  }
  return bytes <= kMost;
}

std::optional<ScanPicture> PictureOf(QPDFObjectHandle page) {
  QPDFPageObjectHelper helper(page);
  QPDFObjectHandle turn = helper.getAttribute("/Rotate", false), resources = helper.getAttribute("/Resources", false);
  QPDFObjectHandle media = helper.getMediaBox(false), crop = helper.getCropBox(false);
  if ((turn.isInteger() && turn.getIntValue() != 0) || page.hasKey("/UserUnit") || !resources.isDictionary() ||
      !media.isRectangle() || !crop.isRectangle() || HasOverlays(page.getKey("/Annots")) || !IsShort(page)) {
    return std::nullopt;
  }
  const QPDFObjectHandle::Rectangle sheet = media.getArrayAsRectangle(), seen = crop.getArrayAsRectangle();
  if (sheet.llx != seen.llx || sheet.lly != seen.lly || sheet.urx != seen.urx || sheet.ury != seen.ury) {
    return std::nullopt;
  }

  Follower follower;
  helper.parseContents(&follower);
  QPDFObjectHandle objects = resources.getKey("/XObject");
  if (!follower.alone || follower.picture.empty() || !objects.isDictionary()) return std::nullopt;
  QPDFObjectHandle picture = objects.getKey(follower.picture);
  if (!picture.isStream() || !picture.getDict().getKey("/Subtype").isNameAndEquals("/Image")) return std::nullopt;
  QPDFObjectHandle dictionary = picture.getDict();
  for (const char* const special : {"/SMask", "/Mask", "/ImageMask", "/Decode", "/OC", "/SMaskInData"}) {
    if (dictionary.hasKey(special)) return std::nullopt;
  }
  const QPDFMatrix& m = follower.matrix;
  constexpr double kUpright = 1e-3;  // of its size
  if (!(m.a > 0 && m.d > 0 && std::abs(m.b) <= kUpright * m.a && std::abs(m.c) <= kUpright * m.d)) return std::nullopt;
  QPDFObjectHandle width = dictionary.getKey("/Width"), height = dictionary.getKey("/Height");
  if (!width.isInteger() || !height.isInteger()) return std::nullopt;
  return ScanPicture{.area = {static_cast<float>(m.e - seen.llx), static_cast<float>(seen.ury - m.f - m.d),
                              static_cast<float>(m.e - seen.llx + m.a), static_cast<float>(seen.ury - m.f)},
                     .width = width.getIntValueAsInt(),
                     .height = height.getIntValueAsInt(),
                     .jpeg = JpegOf(picture, resources)};
}

}  // namespace

struct ScanPictures::Impl {
  QPDF pdf;
  std::vector<QPDFObjectHandle> pages;
};

ScanPictures::ScanPictures(std::string_view bytes) : impl_(std::make_unique<Impl>()) {
  try {
    impl_->pdf.setSuppressWarnings(true);
    impl_->pdf.setAttemptRecovery(false);  // a damaged file is drawn
    impl_->pdf.processMemoryFile("pdf", bytes.data(), bytes.size());
    impl_->pages = impl_->pdf.getAllPages();
  } catch (const std::exception&) {
    impl_->pages.clear();
  }
}
ScanPictures::ScanPictures(ScanPictures&&) noexcept = default;
ScanPictures& ScanPictures::operator=(ScanPictures&&) noexcept = default;
ScanPictures::~ScanPictures() = default;

std::optional<ScanPicture> ScanPictures::Of(int page) const {
  if (page < 0 || static_cast<std::size_t>(page) >= impl_->pages.size()) return std::nullopt;
  try {
    return PictureOf(impl_->pages[static_cast<std::size_t>(page)]);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace hoidau
