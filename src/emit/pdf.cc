#include "emit/pdf.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_String.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "base/sha256.h"
#include "emit/pdf_image.h"
#include "emit/pdf_strip.h"
#include "emit/pdf_text.h"

namespace hoidau {
namespace {

constexpr int kPointsPerInch = 72;
constexpr int kDeepestField = 32;
constexpr int kNoChange = 4 | 64 | 128;  // annotation flags: print, read only, locked

using Object = QPDFObjectHandle;

Object FlateStream(QPDF& pdf, const std::string& data) {
  std::string packed;
  Pl_String to_string("packed", nullptr, packed);
  Pl_Flate flate("flate", &to_string, Pl_Flate::a_deflate);
  flate.writeString(data);
  flate.finish();
  Object stream = Object::newStream(&pdf);
  stream.replaceStreamData(packed, Object::newName("/FlateDecode"), Object::newNull());
  return stream;
}

// The area of the page that is shown, and how it is turned: the space in which a viewer, and our page image, see it.
struct Shown {
  Object::Rectangle area;
  int quarter_turns = 0;  // clockwise

  double width() const { return quarter_turns % 2 == 0 ? area.urx - area.llx : area.ury - area.lly; }
  double height() const { return quarter_turns % 2 == 0 ? area.ury - area.lly : area.urx - area.llx; }
  // Operands of cm: from points of the page as it is shown, origin bottom-left, to the page's own space.
  std::string ToPage() const {
    const std::array<double, 6> matrices[] = {{1, 0, 0, 1, area.llx, area.lly},
                                              {0, 1, -1, 0, area.urx, area.lly},
                                              {-1, 0, 0, -1, area.urx, area.ury},
                                              {0, -1, 1, 0, area.llx, area.ury}};
    std::string out;
    for (const double number : matrices[quarter_turns]) out += PdfNumber(number) + " ";
    return out;
  }
};

std::optional<Object::Rectangle> ToRectangle(Object box) {
  if (!box.isRectangle()) return std::nullopt;
  const Object::Rectangle r = box.getArrayAsRectangle();
  Object::Rectangle sorted(std::min(r.llx, r.urx), std::min(r.lly, r.ury), std::max(r.llx, r.urx),
                           std::max(r.lly, r.ury));
  if (sorted.urx <= sorted.llx || sorted.ury <= sorted.lly) return std::nullopt;
  return sorted;
}

Shown ShownArea(QPDFPageObjectHelper& page) {
  constexpr double kLetterWidth = 612, kLetterHeight = 792;  // what readers take where a page says nothing
  Shown shown{.area = ToRectangle(page.getMediaBox()).value_or(Object::Rectangle(0, 0, kLetterWidth, kLetterHeight))};
  if (const auto crop = ToRectangle(page.getCropBox())) {
    const Object::Rectangle both(std::max(shown.area.llx, crop->llx), std::max(shown.area.lly, crop->lly),
                                 std::min(shown.area.urx, crop->urx), std::min(shown.area.ury, crop->ury));
    if (both.urx > both.llx && both.ury > both.lly) shown.area = both;
  }
  Object rotate = page.getAttribute("/Rotate", false);
  if (rotate.isInteger()) shown.quarter_turns = static_cast<int>((rotate.getIntValue() / 90 % 4 + 4) % 4);
  return shown;
}

// Lets viewers show the page upright; its content stays as it is.
void Turn(QPDFPageObjectHelper& page, const RecordPage& record) {
  if (record.quarter_turns == 0) return;
  const int turns = (ShownArea(page).quarter_turns + record.quarter_turns) % 4;
  page.getObjectHandle().replaceKey("/Rotate", Object::newInteger(turns * 90));
}

// The font of the hidden text, an object that is filled when all pages are written.
class HiddenFont {
 public:
  explicit HiddenFont(QPDF& pdf) : pdf_(pdf), font_(pdf.makeIndirectObject(Object::newDictionary())) {}

  // Adds the page's text below its content. `shown` is the page's, and stays right where the content is replaced.
  void AddText(QPDFPageObjectHelper& page, const RecordPage& record, const Shown& shown) {
    Object resources = page.getAttribute("/Resources", true);
    if (!resources.isDictionary()) {
      resources = Object::newDictionary();
      page.getObjectHandle().replaceKey("/Resources", resources);
    }
    Object fonts = resources.getKey("/Font");
    fonts = fonts.isDictionary() ? fonts.shallowCopy() : Object::newDictionary();
    std::string name = "/HoidauText";
    for (int n = 2; fonts.hasKey(name); ++n) name = "/HoidauText" + std::to_string(n);
    const std::string content = text_.PageContent(record, shown.width(), shown.height(), name);
    if (content.empty()) return;
    fonts.replaceKey(name, font_);
    resources.replaceKey("/Font", fonts);
    page.addPageContents(FlateStream(pdf_, "q " + shown.ToPage() + "cm\n" + content + "Q\n"), true);
  }

  // REQUIRES: called once, after the last page.
  void Finish() {
    Object file = FlateStream(pdf_, BlankFont(text_.glyph_count()));
    file.getDict().replaceKey("/Length1",
                              Object::newInteger(static_cast<long long>(BlankFont(text_.glyph_count()).size())));
    const std::string box = "[0 " + std::to_string(kBlankDescent) + " " + std::to_string(kBlankAdvance) + " " +
                            std::to_string(kBlankAscent) + "]";
    Object descriptor = Object::parse(
        "<< /Type /FontDescriptor /FontName /HoidauBlank /Flags 5 /ItalicAngle 0 /StemV 80 "
        "/CapHeight " +
        std::to_string(kBlankAscent) + " /Ascent " + std::to_string(kBlankAscent) + " /Descent " +
        std::to_string(kBlankDescent) + " /FontBBox " + box + " >>");
    descriptor.replaceKey("/FontFile2", file);
    Object descendant = Object::parse(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /HoidauBlank /CIDToGIDMap "
        "/Identity /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 "
        ">> /DW " +
        std::to_string(kBlankAdvance) + " >>");
    descendant.replaceKey("/FontDescriptor", pdf_.makeIndirectObject(descriptor));
    font_.replaceKey("/Type", Object::newName("/Font"));
    font_.replaceKey("/Subtype", Object::newName("/Type0"));
    font_.replaceKey("/BaseFont", Object::newName("/HoidauBlank"));
    font_.replaceKey("/Encoding", Object::newName("/Identity-H"));
    font_.replaceKey("/DescendantFonts", Object::newArray({pdf_.makeIndirectObject(descendant)}));
    font_.replaceKey("/ToUnicode", FlateStream(pdf_, text_.ToUnicode()));
  }

 private:
  QPDF& pdf_;
  Object font_;
  HiddenText text_;
};

// A field's type stands in it or above it.
bool IsSignatureField(Object field) {
  for (int depth = 0; field.isDictionary() && depth < kDeepestField; ++depth) {
    if (Object type = field.getKey("/FT"); type.isName()) return type.isNameAndEquals("/Sig");
    field = field.getKey("/Parent");
  }
  return false;
}

// The fields that are no signatures; `signed_fields` counts signatures with a value.
Object WithoutSignatures(Object fields, int depth, int* signed_fields) {
  Object kept = Object::newArray();
  if (!fields.isArray() || depth > kDeepestField) return kept;
  for (Object field : fields.getArrayAsVector()) {
    if (!field.isDictionary()) continue;
    if (IsSignatureField(field)) {
      *signed_fields += field.getKey("/V").isDictionary();
      continue;
    }
    if (Object kids = field.getKey("/Kids"); kids.isArray()) {
      field.replaceKey("/Kids", WithoutSignatures(kids, depth + 1, signed_fields));
    }
    kept.appendItem(field);
  }
  return kept;
}

// Takes digital signatures out, which cannot hold in a changed file; what they draw on the pages becomes a stamp.
// Returns how many there were.
int RemoveSignatures(QPDF& pdf, std::vector<QPDFPageObjectHelper>& pages) {
  Object root = pdf.getRoot();
  Object form = root.getKey("/AcroForm");
  if (!form.isDictionary()) return 0;
  for (QPDFPageObjectHelper& page : pages) {
    Object annotations = page.getObjectHandle().getKey("/Annots");
    if (!annotations.isArray()) continue;
    Object kept = Object::newArray();
    for (Object annotation : annotations.getArrayAsVector()) {
      if (annotation.isDictionary() && annotation.getKey("/Subtype").isNameAndEquals("/Widget") &&
          IsSignatureField(annotation)) {
        if (!annotation.getKey("/AP").isDictionary()) continue;
        Object stamp = Object::newDictionary();
        for (const char* key : {"/Type", "/Rect", "/AP", "/AS", "/P", "/OC"}) {
          if (annotation.hasKey(key)) stamp.replaceKey(key, annotation.getKey(key));
        }
        stamp.replaceKey("/Subtype", Object::newName("/Stamp"));
        Object flags = annotation.getKey("/F");
        stamp.replaceKey("/F", Object::newInteger((flags.isInteger() ? flags.getIntValue() : 0) | kNoChange));
        annotation = pdf.makeIndirectObject(stamp);
      }
      kept.appendItem(annotation);
    }
    page.getObjectHandle().replaceKey("/Annots", kept);
  }
  int signatures = 0;
  Object fields = WithoutSignatures(form.getKey("/Fields"), 0, &signatures);
  if (fields.getArrayNItems() == 0) {
    root.removeKey("/AcroForm");
  } else {
    form.replaceKey("/Fields", fields);
    form.removeKey("/SigFlags");
  }
  root.removeKey("/Perms");  // what a certifying signature allows
  root.removeKey("/DSS");    // certificates for checking signatures later
  return signatures;
}

void SayInInformation(QPDF& pdf, const std::string& note) {
  Object trailer = pdf.getTrailer();
  Object information = trailer.getKey("/Info");
  if (!information.isDictionary()) {
    information = pdf.makeIndirectObject(Object::newDictionary());
    trailer.replaceKey("/Info", information);
  }
  information.replaceKey("/HoidauNote", Object::newUnicodeString(note));
}

std::string Write(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStreamDataMode(qpdf_s_preserve);  // no stream is packed anew
  if (!pdf.isEncrypted()) writer.setDeterministicID(true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

bool ReadAnew(const RecordPage& page) { return page.source == PageSource::kOcr || page.source == PageSource::kBoth; }

SearchablePdf FromPdf(std::string_view source, const Record& record) {
  SearchablePdf out;
  if (std::none_of(record.pages.begin(), record.pages.end(), ReadAnew)) {
    out.bytes = source;
    return out;
  }
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile(record.source.file.c_str(), source.data(), source.size());
  std::vector<QPDFPageObjectHelper> pages = QPDFPageDocumentHelper(pdf).getAllPages();
  HiddenFont font(pdf);
  for (std::size_t i = 0; i < std::min(pages.size(), record.pages.size()); ++i) {
    if (!ReadAnew(record.pages[i])) continue;
    HideText(pdf, pages[i]);
    Turn(pages[i], record.pages[i]);
    font.AddText(pages[i], record.pages[i], ShownArea(pages[i]));
  }
  font.Finish();
  std::string note = "Text layer recovered by hoidau";
  if (const int signatures = RemoveSignatures(pdf, pages); signatures > 0) {
    note += "; the original has " + std::to_string(signatures) + " digital signatures, this copy carries none";
    out.issues.push_back({.stage = "emit",
                          .page = 0,
                          .code = "unsigned-copy",
                          .message = "the searchable PDF carries no digital signature; the " +
                                     std::to_string(signatures) + " of the original hold for the original only"});
  }
  SayInInformation(pdf, note);
  out.bytes = Write(pdf);
  return out;
}

Result<SearchablePdf> FromImage(std::string_view source, const Record& record) {
  QPDF pdf;
  pdf.emptyPDF();
  HiddenFont font(pdf);
  QPDFPageDocumentHelper document(pdf);
  for (std::size_t i = 0; i < record.pages.size(); ++i) {
    Result<PdfImage> image = ToPdfImage(source, static_cast<int>(i));
    if (!image) return image.error();
    Object picture = Object::newStream(&pdf, image->data);
    Object dictionary = Object::parse("<< " + image->dictionary + " >>");
    for (const std::string& key : dictionary.getKeys()) picture.getDict().replaceKey(key, dictionary.getKey(key));
    const double width = image->width * kPointsPerInch / image->dpi,
                 height = image->height * kPointsPerInch / image->dpi;
    Object page_object = Object::parse("<< /Type /Page /MediaBox [0 0 " + PdfNumber(width) + " " + PdfNumber(height) +
                                       "] /Resources << /XObject << >> >> >>");
    page_object.getKey("/Resources").getKey("/XObject").replaceKey("/Scan", picture);
    page_object.replaceKey(
        "/Contents", FlateStream(pdf, "q " + PdfNumber(width) + " 0 0 " + PdfNumber(height) + " 0 0 cm /Scan Do Q\n"));
    document.addPage(pdf.makeIndirectObject(page_object), false);
    QPDFPageObjectHelper page = document.getAllPages().back();
    Turn(page, record.pages[i]);
    font.AddText(page, record.pages[i], ShownArea(page));
  }
  font.Finish();
  SayInInformation(pdf, "Text layer recovered by hoidau");
  return SearchablePdf{.bytes = Write(pdf), .issues = {}};
}

}  // namespace

Result<SearchablePdf> MakeSearchablePdf(std::string_view source, const Record& record) {
  const std::string& file = record.source.file;
  if (record.source.kind == SourceKind::kText) {
    return Error{ErrorCode::kUnsupported, file + ": is a text; a searchable PDF needs pages to look at"};
  }
  if (Sha256Hex(source) != record.source.sha256) {
    return Error{ErrorCode::kBadInput, file + ": has changed while it was read"};
  }
  try {
    if (record.source.kind != SourceKind::kImage) return FromPdf(source, record);
    Result<SearchablePdf> made = FromImage(source, record);
    if (!made) return Error{made.error().code, file + ": " + made.error().message};
    return made;
  } catch (const std::exception& e) {
    return Error{ErrorCode::kBadInput, file + ": no searchable PDF can be made of it: " + e.what()};
  }
}

}  // namespace hoidau
