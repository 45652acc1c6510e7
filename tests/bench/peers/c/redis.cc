// Redis through hiredis.
#include <hiredis/hiredis.h>

#include <array>
#include <stdexcept>

#include "bench/peers/c/peer.h"

namespace {

class Redis final : public peers::Store {
 public:
  explicit Redis(const std::string& socket) : context_(redisConnectUnix(socket.c_str())) {
    if (context_ == nullptr) throw std::bad_alloc();
    if (context_->err != 0) throw std::runtime_error(context_->errstr);
  }

  bool get(std::string_view key) override {
    return ask(std::array<std::string_view, 2>{"GET", key})->type == REDIS_REPLY_STRING;
  }

  void set(std::string_view key, std::string_view value) override {
    ask(std::array<std::string_view, 5>{"SET", key, value, "EX", "3600"});
  }

 private:
  struct Free {
    void operator()(redisContext* context) const { redisFree(context); }
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
  };
  using Reply = std::unique_ptr<redisReply, Free>;

  template <std::size_t N>
  Reply ask(const std::array<std::string_view, N>& words) {
    const char* texts[N];
    std::size_t sizes[N];
    for (std::size_t i = 0; i < N; ++i) {
      texts[i] = words[i].data();
      sizes[i] = words[i].size();
    }
    Reply reply(static_cast<redisReply*>(redisCommandArgv(context_.get(), N, texts, sizes)));
    if (reply == nullptr) throw std::runtime_error(context_->errstr);
    if (reply->type == REDIS_REPLY_ERROR) throw std::runtime_error(reply->str);
    return reply;
  }

  std::unique_ptr<redisContext, Free> context_;
};

std::unique_ptr<peers::Store> open(const peers::Options& options, const std::string&) {
  return std::make_unique<Redis>(options.place);
}

}  // namespace

int main(int argc, char** argv) { return peers::run(argc, argv, {{"Redis", open}}); }
