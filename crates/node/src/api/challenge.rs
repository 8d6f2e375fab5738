use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use federation::{FederationId, PublicKey, Time};
use record::{SigningKey, is_signed_by, random, sha256};

use crate::Failed;

/// Texts that a device signs to show that it holds its key.
///
/// Nothing is kept of one before it is signed; what was signed is remembered until it is over, so
/// that each opens one session.
#[derive(Debug, Default)]
pub(crate) struct Challenges {
    used: Mutex<BTreeMap<String, Time>>,
}

/// What a signed challenge shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) federation: FederationId,
    pub(crate) key: PublicKey,
}

/// How long one can be signed, in seconds.
const SECONDS: i64 = 300;

/// The first line, unlike that of anything else that keys sign here.
const FIRST_LINE: &str = "artel sign-in, form 1";

impl Challenges {
    /// A text for a key to sign, and until when.
    pub(crate) fn make(
        host: &SigningKey,
        shown: Shown,
        now: Time,
    ) -> Result<(String, Time), Failed> {
        let until = now.plus_seconds(SECONDS);
        let nonce = federation::PersonId(random()?);
        let Shown { federation, key } = shown;
        let text = format!("{FIRST_LINE}\n{federation}\n{key}\n{}\n{nonce}", until.seconds());
        let seal = seal(host, &text);
        Ok((format!("{text}\n{seal}"), until))
    }

    /// What a signed text shows. Refused if this node did not make it, if it is over or was used,
    /// or if the key that it names did not sign it.
    pub(crate) fn read(
        &self,
        host: &SigningKey,
        challenge: &str,
        signature: &[u8; 64],
        now: Time,
    ) -> Result<Shown, Failed> {
        let wrong = || {
            Failed::refused(
                "challenge-wrong",
                "this challenge is not one of this node's, or is over, or its key did not sign it; \
                 ask for a new one and sign exactly its bytes",
            )
        };
        let (text, found) = challenge.rsplit_once('\n').ok_or_else(wrong)?;
        let (shown, until) = parts(text).ok_or_else(wrong)?;
        let holds = found == seal(host, text)
            && until > now
            && is_signed_by(shown.key, challenge.as_bytes(), signature);
        if holds && self.use_up(challenge, until, now) { Ok(shown) } else { Err(wrong()) }
    }

    /// Whether it had not been used before.
    fn use_up(&self, challenge: &str, until: Time, now: Time) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, until| *until > now);
        used.insert(challenge.to_owned(), until).is_none()
    }
}

/// What only this node can write under a text.
fn seal(host: &SigningKey, text: &str) -> String {
    let inner = sha256(text.as_bytes());
    let keyed = [b"artel challenge\n".as_slice(), &host.to_seed(), &inner].concat();
    federation::Root(sha256(&keyed)).to_string()
}

fn parts(text: &str) -> Option<(Shown, Time)> {
    let mut lines = text.split('\n');
    if lines.next() != Some(FIRST_LINE) {
        return None;
    }
    let federation = lines.next()?.parse().ok()?;
    let key = lines.next()?.parse().ok()?;
    let until = Time::from_seconds(lines.next()?.parse().ok()?)?;
    Some((Shown { federation, key }, until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_challenge_opens_one_session_and_no_second() {
        let (host, device) = (SigningKey::from_seed([1; 32]), SigningKey::from_seed([2; 32]));
        let shown = Shown { federation: FederationId([7; 32]), key: device.public() };
        let now = Time::from_seconds(1000).unwrap();
        let challenges = Challenges::default();
        let (text, until) = Challenges::make(&host, shown, now).unwrap();
        let signature = device.sign(text.as_bytes());
        let other_host = SigningKey::from_seed([3; 32]);
        assert!(challenges.read(&other_host, &text, &signature, now).is_err());
        assert!(challenges.read(&host, &text, &host.sign(text.as_bytes()), now).is_err());
        assert!(challenges.read(&host, &text, &signature, until).is_err());
        assert_eq!(challenges.read(&host, &text, &signature, now), Ok(shown));
        assert!(challenges.read(&host, &text, &signature, now).is_err());
    }
}
