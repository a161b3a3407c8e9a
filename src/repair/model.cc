#include "repair/model.h"

#include <filesystem>
#include <utility>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// Costs of a letter that is gone and of one that stayed.
struct Fate {
  float gone, stayed;
};

Fate FateOf(char32_t letter, LostLetters lost) {
  constexpr Fate kUsually{0.05F, 3.5F};
  constexpr Fate kNever{5.0F, 0.02F};
  const bool toned = Decompose(letter).tone != Tone::kLevel;
  const bool beyond_latin = letter >= 0x1EA0 && letter <= 0x1EF9;
  switch (lost) {
    case LostLetters::kBeyondLatin:
      return beyond_latin ? kUsually : kNever;
    case LostLetters::kToned:
      return toned ? kUsually : kNever;
    case LostLetters::kSome:
      return toned ? Fate{0.9F, 0.5F} : kNever;
  }
  return kNever;
}

// A letter is gone or it stays as it is.
Channel LostChannel(LostLetters lost, const Lexicon& lexicon) {
  Channel channel;
  for (char32_t c = U'a'; c <= 0x1EF9; ++c) {
    const bool vietnamese = c < 0x80 || StripLetter(c) != c;
    if (!vietnamese || !IsLetter(c) || ToLower(c) != c) continue;
    const Fate fate = FateOf(c, lost);
    for (const Shape shape : {Shape::kLower, Shape::kTitle, Shape::kUpper}) {
      const char32_t seen = shape == Shape::kLower ? c : ToUpper(c);
      channel.Add(shape, std::u32string_view(&c, 1), std::u32string_view(&seen, 1), fate.stayed, lexicon);
      channel.Add(shape, std::u32string_view(&c, 1), U"", fate.gone, lexicon);
    }
  }
  channel.Sort();
  return channel;
}

}  // namespace

RepairModel::RepairModel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RepairModel::RepairModel(RepairModel&&) noexcept = default;
RepairModel& RepairModel::operator=(RepairModel&&) noexcept = default;
RepairModel::~RepairModel() = default;

Result<RepairModel> RepairModel::Load(const std::string& models_dir, const std::string& user_lm) {
  Result<NgramModel> lm = NgramModel::Open(models_dir + "/recovery.lm");
  if (!lm) return lm.error();
  std::optional<WordHabits> habits;
  if (const std::string path = models_dir + "/recovery.habits"; std::filesystem::exists(path)) {
    Result<WordHabits> opened = WordHabits::Open(path, *lm);
    if (!opened) return opened.error();
    habits = std::move(*opened);
  }
  std::optional<WordJudge> judge;
  if (const std::string path = models_dir + "/recovery.judge"; std::filesystem::exists(path)) {
    Result<WordJudge> opened = WordJudge::Open(path, *lm);
    if (!opened) return opened.error();
    judge = std::move(*opened);
  }
  Result<Lexicon> lexicon = Lexicon::Load(models_dir + "/lexicon.tsv");
  if (!lexicon) return lexicon.error();
  Result<Channel> latin = Channel::Load(models_dir + "/channel/latin.tsv", *lexicon);
  if (!latin) return latin.error();
  Result<Channel> light = Channel::Load(models_dir + "/channel/vietnamese.tsv", *lexicon);
  if (!light) return light.error();
  std::array<Channel, 3> lost;
  for (const LostLetters which : {LostLetters::kBeyondLatin, LostLetters::kToned, LostLetters::kSome})
    lost[static_cast<std::size_t>(which)] = LostChannel(which, *lexicon);
  auto impl = std::make_unique<Impl>(Impl{std::move(*lm),
                                          std::move(habits),
                                          std::move(judge),
                                          std::move(*lexicon),
                                          std::move(*latin),
                                          std::move(*light),
                                          std::move(lost),
                                          {},
                                          {},
                                          {}});
  for (int i = 0; i < impl->lexicon.size(); ++i)
    impl->entry_words.push_back(impl->lm.Find(impl->lexicon.entry(i).text));
  if (!user_lm.empty()) {
    Result<NgramModel> own = NgramModel::Open(user_lm);
    if (!own) return own.error();
    for (WordId w = 0; w < impl->lm.vocabulary_size(); ++w) impl->to_user.push_back(own->Find(impl->lm.Token(w)));
    impl->to_user[kSentenceEnd] = kSentenceEnd;
    impl->user_lm = std::move(*own);
  }
  return RepairModel(std::move(impl));
}

}  // namespace hoidau
