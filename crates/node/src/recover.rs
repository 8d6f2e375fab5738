use federation::PublicKey;
use record::SigningKey;

use crate::{Failed, Hosted, KeptKey, Keys, Reader, Seat};

impl Hosted {
    /// Makes a key that the node is to keep for somebody who has lost theirs, and who will read here
    /// as this reader.
    pub fn make_key_for_recovery(&self, keys: &Keys, reader: Reader) -> Result<PublicKey, Failed> {
        let key = SigningKey::generate()?;
        keys.keep_for_recovery(self.id(), &key, reader)?;
        Ok(key.public())
    }

    /// Takes up the keys that helpers have brought into use: from then on the node keeps each for its
    /// person, and the reader who asked for it has that person's seat.
    pub fn take_up_recovered(&self, keys: &Keys) -> Result<(), Failed> {
        for public in keys.all_recovering(self.id())? {
            let person = self.read(|state| {
                let key = state.key(public).filter(|key| key.revoked.is_none())?;
                Some(state.person(key.person).ok()?.id)
            })?;
            let Some(person) = person else { continue };
            let Some((signing, reader)) = keys.recovering(self.id(), public)? else { continue };
            keys.keep(self.id(), &KeptKey { person, signing })?;
            keys.seat(reader, Seat { federation: self.id(), person })?;
            keys.end_recovering(self.id(), public)?;
        }
        Ok(())
    }
}
