use federation::{BodyId, Federation, Outcome, PersonId, Statement};
use record::{Body, Erasure, SigningKey, Submission, sign_erasure, sign_statement};

use crate::{Failed, Hosted, KeptKey, Keys, Recorded, Saying};

/// The version of statements that this program writes.
const FORM: u8 = 1;

impl Hosted {
    /// Signs what somebody says with a kept key of theirs, and hands it in.
    pub async fn say(
        &self,
        keys: &Keys,
        person: PersonId,
        saying: Saying,
    ) -> Result<Recorded, Failed> {
        let key = self.usable_key(keys, person)?;
        self.submit(self.sign(&key.signing, person, saying)?).await
    }

    /// As [`Hosted::say`], for a thread that may wait.
    pub fn say_and_wait(&self, key: &KeptKey, saying: Saying) -> Result<Recorded, Failed> {
        self.submit_and_wait(self.sign(&key.signing, key.person, saying)?)
    }

    /// Whether what somebody says would be recorded now, and what would come of it.
    pub fn judge(&self, keys: &Keys, person: PersonId, saying: Saying) -> Result<Outcome, Failed> {
        let key = self.usable_key(keys, person)?;
        let submission = self.sign(&key.signing, person, saying)?;
        Ok(self.record().judge(self.clock.now(), submission)?)
    }

    /// Signs what somebody says with any key.
    pub fn sign(
        &self,
        key: &SigningKey,
        person: PersonId,
        saying: Saying,
    ) -> Result<Submission, Failed> {
        let public = key.public();
        let statement = Statement {
            form: FORM,
            federation: self.id(),
            person: saying.acting_for.unwrap_or(person),
            key: public,
            serial: self.read(|state| self.next_serial(public, state))?,
            seen: Some(self.record().checkpoint().checkpoint().seen()),
            time: self.clock.now(),
            act: saying.act,
        };
        let mut submission = Submission::from(sign_statement(key, &statement));
        submission.bodies = saying.bodies.iter().map(Body::to_bytes).collect();
        submission.annex = saying.annex;
        Ok(submission)
    }

    /// Erases a body by or about somebody, asked for with a kept key of theirs.
    pub fn erase(&self, keys: &Keys, person: PersonId, body: BodyId) -> Result<(), Failed> {
        let key = self.usable_key(keys, person)?;
        let (public, time) = (key.public(), self.clock.now());
        let erasure =
            Erasure { form: FORM, federation: self.id(), person, key: public, time, erase: body };
        self.record().erase(time, &sign_erasure(&key.signing, &erasure))?;
        self.forget_about(body);
        Ok(())
    }

    /// A kept key of somebody's that is in use.
    pub fn usable_key(&self, keys: &Keys, person: PersonId) -> Result<KeptKey, Failed> {
        let kept = keys.kept_for(self.id(), person)?;
        let usable = self.read(|state| kept.into_iter().find(|key| is_usable(state, key)))?;
        usable.ok_or_else(|| {
            Failed::refused(
                "no-kept-key",
                "this node keeps no key of yours that is in use here; sign on your device, or add \
                 a key that the node keeps",
            )
        })
    }
}

/// A key that the record does not know yet signs only the pact.
fn is_usable(state: &Federation, key: &KeptKey) -> bool {
    state.key(key.public()).is_none_or(|row| row.revoked.is_none())
}
