// Functions that let the tests reach parsers and ciphers without a network.
#pragma once

#include <node_api.h>

namespace wire {

void AddTestHooks(napi_env env, napi_value hooks);

}  // namespace wire
