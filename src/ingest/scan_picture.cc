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

// A TIFF file of one strip around data that are packed as TIFF has it.
struct Tiff {
  unsigned width, height, bits, samples, compression, photometric;

  std::string Around(std::string_view data) const {
    constexpr unsigned kHeader = 8, kEntries = 9, kEntry = 12, kShort = 3, kLong = 4;
    constexpr unsigned kBits =
        kHeader + 2 + kEntries * kEntry + 4;  // the place of three numbers of bits, then the data
    std::string out("II*\0", 4);
    const auto add = [&out](unsigned value, int bytes) {
      for (; bytes > 0; --bytes, value >>= 8) out += static_cast<char>(value & 255);
    };
    const auto entry = [&](unsigned tag, unsigned type, unsigned count, unsigned value) {
      add(tag, 2), add(type, 2), add(count, 4), add(value, 4);
    };
    add(kHeader, 4), add(kEntries, 2);
    entry(256, kLong, 1, width);
    entry(257, kLong, 1, height);
    entry(258, kShort, samples, samples == 1 ? bits : kBits);
    entry(259, kShort, 1, compression);
    entry(262, kShort, 1, photometric);
    entry(273, kLong, 1, kBits + 6);
    entry(277, kShort, 1, samples);
    entry(278, kLong, 1, height);
    entry(279, kLong, 1, static_cast<unsigned>(data.size()));
    add(0, 4);
    for (int i = 0; i < 3; ++i) add(bits, 2);
    return out.append(data);
  }
};

// Whether black stands for white: "[1 0]".
bool IsInverted(QPDFObjectHandle decode) {
  return decode.isArray() && decode.getArrayNItems() == 2 && decode.getArrayItem(0).isInteger() &&
         decode.getArrayItem(0).getIntValue() == 1 && decode.getArrayItem(1).isInteger() &&
         decode.getArrayItem(1).getIntValue() == 0;
}

// The number under a key, or what it is by default.
int NumberIn(QPDFObjectHandle dictionary, const char* key, int usual) {
  QPDFObjectHandle value = dictionary.getKey(key);
  return value.isInteger() ? value.getIntValueAsInt() : value.isNull() ? usual : -1;
}

// The stream as an image file where no other colours are meant than those that stand in it and it is packed as in a
// file: JPEG, or what TIFF has too. Nothing is unpacked: it could be made to exhaust the memory.
std::string FileOf(QPDFObjectHandle picture, QPDFObjectHandle resources) {
  QPDFObjectHandle dictionary = picture.getDict();
  const auto lone = [&](const char* key) {
    QPDFObjectHandle value = dictionary.getKey(key);
    return value.isArray() && value.getArrayNItems() == 1 ? value.getArrayItem(0) : value;
  };
  QPDFObjectHandle filter = lone("/Filter"), packing = lone("/DecodeParms");
  QPDFObjectHandle colours = dictionary.getKey("/ColorSpace");
  const bool rgb = colours.isNameAndEquals("/DeviceRGB"), grey = colours.isNameAndEquals("/DeviceGray");
  const int bits = NumberIn(dictionary, "/BitsPerComponent", 0);
  QPDFObjectHandle decode = dictionary.getKey("/Decode");
  const bool inverted = IsInverted(decode) && bits == 1;
  if ((!rgb && !grey) || resources.hasKey("/ColorSpace") || (!decode.isNull() && !inverted)) return {};
  constexpr unsigned kFax = 4, kFlate = 8;                          // TIFF's names of the ways of packing
  constexpr unsigned kWhiteIsZero = 0, kBlackIsZero = 1, kRgb = 2;  // and of the colours
  Tiff tiff{.width = static_cast<unsigned>(NumberIn(dictionary, "/Width", 0)),
            .height = static_cast<unsigned>(NumberIn(dictionary, "/Height", 0)),
            .bits = static_cast<unsigned>(bits),
            .samples = rgb ? 3U : 1U,
            .compression = kFlate,
            .photometric = rgb ? kRgb : kBlackIsZero};
  const bool jpeg = filter.isNameAndEquals("/DCTDecode") && packing.isNull();
  const bool flate = filter.isNameAndEquals("/FlateDecode") && packing.isNull() && (bits == 8 || (bits == 1 && grey));
  const bool fax = filter.isNameAndEquals("/CCITTFaxDecode") && packing.isDictionary() && bits == 1 && grey &&
                   NumberIn(packing, "/K", 0) < 0 &&
                   NumberIn(packing, "/Columns", 1728) == static_cast<int>(tiff.width) &&
                   packing.getKey("/BlackIs1").isNull() && packing.getKey("/EncodedByteAlign").isNull();
  if (!jpeg && !flate && !fax) return {};
  if (fax) tiff.compression = kFax;
  if (fax != inverted) tiff.photometric = kWhiteIsZero;
  const auto buffer = picture.getRawStreamData();
  const std::string_view data(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
  return jpeg ? std::string(data) : tiff.Around(data);
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
  for (const char* const special : {"/SMask", "/Mask", "/ImageMask", "/OC", "/SMaskInData"}) {
    if (dictionary.hasKey(special)) return std::nullopt;
  }
  const QPDFMatrix& m = follower.matrix;
  constexpr double kUpright = 1e-3;  // of its size
  if (!(m.a > 0 && m.d > 0 && std::abs(m.b) <= kUpright * m.a && std::abs(m.c) <= kUpright * m.d)) return std::nullopt;
  QPDFObjectHandle width = dictionary.getKey("/Width"), height = dictionary.getKey("/Height");
  if (!width.isInteger() || !height.isInteger()) return std::nullopt;
  ScanPicture out{.area = {static_cast<float>(m.e - seen.llx), static_cast<float>(seen.ury - m.f - m.d),
                           static_cast<float>(m.e - seen.llx + m.a), static_cast<float>(seen.ury - m.f)},
                  .width = width.getIntValueAsInt(),
                  .height = height.getIntValueAsInt(),
                  .file = FileOf(picture, resources)};
  if (dictionary.hasKey("/Decode") && out.file.empty()) return std::nullopt;
  return out;
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
