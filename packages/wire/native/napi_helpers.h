// Reading arguments and making values with Node-API.
#pragma once

#include <node_api.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "shared_memory.h"

namespace wire {

// The arguments of one call from JavaScript. A getter that finds something else than it expects throws a TypeError
// and returns false.
class Arguments {
 public:
  static constexpr size_t kMaxCount = 8;

  Arguments(napi_env env, napi_callback_info info) : env_(env) {
    napi_get_cb_info(env, info, &count_, values_, &self_, &data_);
  }

  napi_value self() const { return self_; }

  bool Uint32(size_t index, uint32_t* out) const {
    return napi_get_value_uint32(env_, Value(index), out) == napi_ok || Fail(index, "a number");
  }

  bool Double(size_t index, double* out) const {
    return napi_get_value_double(env_, Value(index), out) == napi_ok || Fail(index, "a number");
  }

  bool Bool(size_t index, bool* out) const {
    return napi_get_value_bool(env_, Value(index), out) == napi_ok || Fail(index, "a boolean");
  }

  bool String(size_t index, std::string* out) const {
    char text[256];
    size_t size = 0;
    if (napi_get_value_string_utf8(env_, Value(index), text, sizeof text, &size) != napi_ok) {
      return Fail(index, "a string");
    }
    out->assign(text, size);
    return true;
  }

  bool Function(size_t index, napi_value* out) const {
    napi_valuetype type = napi_undefined;
    *out = Value(index);
    return (napi_typeof(env_, *out, &type) == napi_ok && type == napi_function) || Fail(index, "a function");
  }

  // The elements of a typed array of the given type; they stay where JavaScript has them.
  template <typename Element>
  bool TypedArray(size_t index, napi_typedarray_type expected, const Element** data, size_t* length) const {
    bool is_typed_array = false;
    napi_typedarray_type type;
    void* start = nullptr;
    if (napi_is_typedarray(env_, Value(index), &is_typed_array) != napi_ok || !is_typed_array ||
        napi_get_typedarray_info(env_, Value(index), &type, length, &start, nullptr, nullptr) != napi_ok ||
        type != expected) {
      return Fail(index, "a typed array of the right type");
    }
    *data = static_cast<const Element*>(start);
    return true;
  }

  bool Bytes(size_t index, const uint8_t** data, size_t* size) const {
    return TypedArray(index, napi_uint8_array, data, size);
  }

  bool Strings(size_t index, std::vector<std::string>* out) const {
    uint32_t length = 0;
    if (napi_get_array_length(env_, Value(index), &length) != napi_ok) return Fail(index, "an array of strings");
    for (uint32_t i = 0; i < length; i++) {
      napi_value element;
      char text[256];
      size_t size = 0;
      if (napi_get_element(env_, Value(index), i, &element) != napi_ok ||
          napi_get_value_string_utf8(env_, element, text, sizeof text, &size) != napi_ok) {
        return Fail(index, "an array of strings");
      }
      out->emplace_back(text, size);
    }
    return true;
  }

 private:
  napi_value Value(size_t index) const { return index < count_ ? values_[index] : nullptr; }

  bool Fail(size_t index, const char* expected) const {
    std::string message = "argument " + std::to_string(index + 1) + " must be " + expected;
    napi_throw_type_error(env_, nullptr, message.c_str());
    return false;
  }

  napi_env env_;
  size_t count_ = kMaxCount;
  napi_value values_[kMaxCount];
  napi_value self_ = nullptr;
  void* data_ = nullptr;
};

inline napi_value MakeNumber(napi_env env, double number) {
  napi_value value = nullptr;
  napi_create_double(env, number, &value);
  return value;
}

inline napi_value MakeBytes(napi_env env, const uint8_t* data, size_t size) {
  void* copy = nullptr;
  napi_value buffer = nullptr;
  napi_value value = nullptr;
  if (napi_create_arraybuffer(env, size, &copy, &buffer) != napi_ok) return nullptr;
  if (size > 0) memcpy(copy, data, size);
  napi_create_typedarray(env, napi_uint8_array, size, buffer, 0, &value);
  return value;
}

// A typed array over memory that JavaScript and native code share; null with an exception pending on failure.
inline napi_value MakeShared(napi_env env, const std::shared_ptr<SharedMemory>& memory, napi_typedarray_type type) {
  auto* owner = new std::shared_ptr<SharedMemory>(memory);
  auto finalize = [](napi_env, void*, void* hint) { delete static_cast<std::shared_ptr<SharedMemory>*>(hint); };
  napi_value buffer = nullptr;
  napi_value value = nullptr;
  if (napi_create_external_arraybuffer(env, memory->bytes(), memory->size(), finalize, owner, &buffer) != napi_ok) {
    delete owner;
    napi_throw_error(env, nullptr, "this JavaScript engine does not allow memory shared with native code");
    return nullptr;
  }
  size_t element_size = type == napi_uint32_array ? sizeof(uint32_t) : 1;
  napi_create_typedarray(env, type, memory->size() / element_size, buffer, 0, &value);
  return value;
}

inline void SetMethod(napi_env env, napi_value object, const char* name, napi_callback method) {
  napi_value function = nullptr;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, method, nullptr, &function);
  napi_set_named_property(env, object, name, function);
}

}  // namespace wire
