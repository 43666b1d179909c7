import Bytes
import CCrypto

/// One use of an AEAD cipher of libcrypto.
@safe struct AEADContext: ~Copyable {
    let context: OpaquePointer
    let cipher: OpaquePointer
    let isCCM: Bool

    init?(_ suite: EncryptionSuite) {
        let chosen: OpaquePointer? =
            switch suite {
            case .aes128CCM: unsafe EVP_aes_128_ccm()
            case .aes192CCM: unsafe EVP_aes_192_ccm()
            case .aes256CCM: unsafe EVP_aes_256_ccm()
            case .aes128GCM: unsafe EVP_aes_128_gcm()
            case .aes192GCM: unsafe EVP_aes_192_gcm()
            case .aes256GCM: unsafe EVP_aes_256_gcm()
            default: nil
            }
        guard let cipher = unsafe chosen, let context = unsafe EVP_CIPHER_CTX_new() else {
            return nil
        }
        unsafe self.cipher = cipher
        unsafe self.context = context
        isCCM = suite.isCCM
    }

    deinit { unsafe EVP_CIPHER_CTX_free(context) }

    /// The plain payload, nil where the code does not prove it. Lengths were checked before.
    func open(_ sealed: AEAD.Sealed, _ key: SecretBytes) -> [UInt8]? {
        guard set(sealed.vector, sealed.code, key) else { return nil }
        var plain = [UInt8](repeating: 0, count: sealed.payload.count)
        var length: Int32 = 0
        let count = Int32(sealed.payload.count)
        if isCCM {
            // CCM must know the length of the payload before the authenticated bytes.
            guard unsafe EVP_DecryptUpdate(context, nil, &length, nil, count) == 1 else {
                return nil
            }
        }
        if !sealed.authenticated.isEmpty {
            guard
                unsafe EVP_DecryptUpdate(
                    context, nil, &length, sealed.authenticated,
                    Int32(sealed.authenticated.count)) == 1
            else { return nil }
        }
        guard unsafe EVP_DecryptUpdate(context, &plain, &length, sealed.payload, count) == 1 else {
            return nil
        }
        guard !isCCM else { return plain }
        // GCM compares the code only here; no further bytes come out.
        var rest: [UInt8] = [UInt8](repeating: 0, count: 16)
        return unsafe EVP_DecryptFinal_ex(context, &rest, &length) == 1 ? plain : nil
    }

    private func set(_ vector: [UInt8], _ code: [UInt8], _ key: SecretBytes) -> Bool {
        var code = code
        guard unsafe EVP_DecryptInit_ex(context, cipher, nil, nil, nil) == 1,
            unsafe EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_SET_IVLEN, Int32(vector.count), nil) == 1,
            unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(code.count), &code)
                == 1
        else { return false }
        return key.withBytes { key in
            unsafe key.withUnsafeBytes { key in
                unsafe EVP_DecryptInit_ex(
                    context, nil, nil, key.baseAddress?.assumingMemoryBound(to: UInt8.self), vector)
                    == 1
            }
        }
    }
}
