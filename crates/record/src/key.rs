use ed25519_dalek::{Signature, Signer, VerifyingKey};
use federation::PublicKey;

use crate::Fault;

/// An Ed25519 signature.
pub type SignatureBytes = [u8; 64];

/// The private half of a key. It is wiped from memory when dropped, and shows itself nowhere.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// A new key from the system's randomness.
    pub fn generate() -> Result<Self, Fault> {
        Ok(Self::from_seed(random()?))
    }

    /// The key that these 32 bytes are the seed of (RFC 8032).
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// The seed, to keep it.
    pub fn to_seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs bytes.
    pub fn sign(&self, bytes: &[u8]) -> SignatureBytes {
        self.0.sign(bytes).to_bytes()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.public())
    }
}

/// Whether the signature over the bytes is the key's, by the strict rules: neither a key nor a
/// signature of small order, and one form of each only, so that every checker says the same.
pub fn is_signed_by(key: PublicKey, bytes: &[u8], signature: &SignatureBytes) -> bool {
    let signature = Signature::from_bytes(signature);
    VerifyingKey::from_bytes(&key.0).is_ok_and(|key| key.verify_strict(bytes, &signature).is_ok())
}

/// Random bytes of the system.
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(why) => Err(Fault::Randomness { why: why.to_string() }),
    }
}
