#include "batch/channel.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "batch/worker.h"

namespace hoidau {
namespace {

using testing::ElementsAre;
using testing::Optional;

struct Pair {
  Pair() {
    int sockets[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) != 0) throw std::runtime_error("no sockets");
    first = Channel(sockets[0]);
    second = Channel(sockets[1]);
  }
  Channel first{-1}, second{-1};
};

TEST(Channel, MessagesComeAsTheyWent) {
  Pair pair;
  const std::string bytes("a\0\xff\n", 4);
  ASSERT_TRUE(pair.first.Send({"file", "", bytes}));
  ASSERT_TRUE(pair.first.Send({}));
  EXPECT_THAT(pair.second.Receive(), Optional(ElementsAre("file", "", bytes)));
  EXPECT_THAT(pair.second.Receive(), Optional(ElementsAre()));
  EXPECT_EQ(pair.second.Poll(), std::nullopt);
  EXPECT_FALSE(pair.second.closed());
}

TEST(Channel, LargeMessagesComeInPieces) {
  Pair pair;
  const std::string large(5'000'000, 'x');
  std::thread sender([&] { EXPECT_TRUE(pair.first.Send({"done", large})); });
  EXPECT_THAT(pair.second.Receive(), Optional(ElementsAre("done", large)));
  sender.join();
}

TEST(Channel, TheOtherSideGoes) {
  Pair pair;
  ASSERT_TRUE(pair.first.Send({"last"}));
  pair.first = Channel(-1);
  EXPECT_THAT(pair.second.Poll(), Optional(ElementsAre("last")));
  EXPECT_EQ(pair.second.Poll(), std::nullopt);
  EXPECT_TRUE(pair.second.closed());
  EXPECT_FALSE(pair.second.Send({"more"}));  // and no SIGPIPE
  EXPECT_EQ(pair.second.Receive(), std::nullopt);
}

TEST(Channel, NonsenseClosesIt) {
  const std::string cases[] = {std::string("\xff\xff\xff\xff", 4), std::string("\x04\0\0\0\xff\0\0\0", 8),
                               std::string("\x02\0\0\0ab", 6)};
  for (const std::string& bytes : cases) {
    Pair pair;
    ASSERT_EQ(write(pair.first.fd(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    EXPECT_EQ(pair.second.Poll(), std::nullopt);
    EXPECT_TRUE(pair.second.closed());
  }
}

TEST(Channel, ResultsComeAsTheyWent) {
  const FileResult result{.json_sha256 = "ab",
                          .copied = true,
                          .needs_look = true,
                          .pages = 3,
                          .read_ms = 1,
                          .recover_ms = 2,
                          .describe_ms = 3,
                          .write_ms = 4,
                          .issues = {{.stage = "ocr", .page = 2, .code = "low-confidence", .message = "mờ"}},
                          .text = "Kế hoạch\f"};
  const FileResult back = FileResultOf(ToMessage(result));
  EXPECT_EQ(ToMessage(back), ToMessage(result));
  EXPECT_EQ(back.issues.at(0).message, "mờ");
  EXPECT_EQ(back.text, result.text);
}

}  // namespace
}  // namespace hoidau
