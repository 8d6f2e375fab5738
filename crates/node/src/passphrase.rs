use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use record::random;

use crate::Failed;

/// The least number of characters in a passphrase.
pub const LETTERS_MIN: usize = 8;

/// The most bytes in a passphrase.
const BYTES_MAX: usize = 200;

/// What is kept of a passphrase: its argon2 hash. Refused if it is too short or too long.
pub(crate) fn hash(passphrase: &str) -> Result<String, Failed> {
    let found = passphrase.chars().count();
    if found < LETTERS_MIN || passphrase.len() > BYTES_MAX {
        return Err(Failed::refused(
            "passphrase-length",
            format!(
                "a passphrase has {LETTERS_MIN} to {BYTES_MAX} letters, found {found}; \
                 three or four plain words are good"
            ),
        ));
    }
    let salt = SaltString::encode_b64(&random::<16>()?).map_err(Failed::fault)?;
    let hash = Argon2::default().hash_password(passphrase.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(Failed::fault)
}

/// Whether a passphrase is the one whose hash was kept.
pub(crate) fn holds(passphrase: &str, kept: &str) -> bool {
    PasswordHash::new(kept)
        .is_ok_and(|hash| Argon2::default().verify_password(passphrase.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_known_again_and_another_is_not() {
        let kept = hash("bread and roses").unwrap();
        assert!(holds("bread and roses", &kept));
        assert!(!holds("bread and rose", &kept));
        assert!(!holds("bread and roses", "no hash at all"));
    }

    #[test]
    fn a_short_passphrase_is_refused_with_the_number_of_letters() {
        let said = hash("bread").unwrap_err().to_string();
        assert!(said.contains("8 to 200 letters, found 5"), "{said}");
    }
}
