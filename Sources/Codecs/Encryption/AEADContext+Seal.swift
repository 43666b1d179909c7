import Bytes
import CCrypto

extension AEADContext {
    /// The encrypted payload with the code that proves it; nil where libcrypto refuses. Lengths were checked before.
    func seal(
        _ payload: [UInt8], _ authenticated: [UInt8], _ vector: [UInt8], _ key: SecretBytes
    ) -> AEAD.Sealed? {
        guard prepare(vector, key) else { return nil }
        var sealed = [UInt8](repeating: 0, count: payload.count)
        var length: Int32 = 0
        let count = Int32(payload.count)
        if isCCM {
            // CCM must know the length of the payload before the authenticated bytes.
            guard unsafe EVP_EncryptUpdate(context, nil, &length, nil, count) == 1 else {
                return nil
            }
        }
        if !authenticated.isEmpty {
            guard
                unsafe EVP_EncryptUpdate(
                    context, nil, &length, authenticated, Int32(authenticated.count)) == 1
            else { return nil }
        }
        var code = [UInt8](repeating: 0, count: AEAD.codeByteCount)
        var rest = [UInt8](repeating: 0, count: 16)
        guard unsafe EVP_EncryptUpdate(context, &sealed, &length, payload, count) == 1,
            unsafe EVP_EncryptFinal_ex(context, &rest, &length) == 1,
            unsafe EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_GET_TAG, Int32(code.count), &code) == 1
        else { return nil }
        return AEAD.Sealed(
            vector: vector, code: code, authenticated: authenticated, payload: sealed)
    }

    private func prepare(_ vector: [UInt8], _ key: SecretBytes) -> Bool {
        guard unsafe EVP_EncryptInit_ex(context, cipher, nil, nil, nil) == 1,
            unsafe EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_SET_IVLEN, Int32(vector.count), nil) == 1,
            // The length of the code to be made, which CCM takes into its first block.
            !isCCM
                || (unsafe EVP_CIPHER_CTX_ctrl(
                    context, EVP_CTRL_AEAD_SET_TAG, Int32(AEAD.codeByteCount), nil)) == 1
        else { return false }
        return key.withBytes { key in
            unsafe key.withUnsafeBytes { key in
                unsafe EVP_EncryptInit_ex(
                    context, nil, nil, key.baseAddress?.assumingMemoryBound(to: UInt8.self), vector)
                    == 1
            }
        }
    }
}
