{
  'targets': [
    {
      'target_name': 'floor',
      'sources': [
        'floor.cc',
        '../../packages/wire/native/aes_ctr.cc',
        '../../packages/wire/native/aes_gcm.cc',
        '../../packages/wire/native/gcm_cipher.cc',
        '../../packages/wire/native/hmac_sha1.cc',
        '../../packages/wire/native/send_batch.cc',
        '../../packages/wire/native/shared_memory.cc',
        '../../packages/wire/native/srtp_keys.cc',
        '../../packages/wire/native/srtp_transform.cc',
        '../../packages/wire/native/udp_socket.cc',
      ],
      'include_dirs': ['../../packages/wire/native'],
      'defines': ['NAPI_VERSION=8'],
      'cflags': ['-Wall', '-Wextra', '-Werror', '-fvisibility=hidden'],
      'cflags!': ['-Wno-unused-parameter'],
      'cflags_cc!': ['-std=gnu++17', '-std=gnu++20', '-O3'],
      'cflags_cc': ['-std=c++17', '-O2'],
    },
  ],
}
