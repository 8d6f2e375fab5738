use federation::Act;
use federation::act::{AddKey, HeldBy, NewKey, RevokeKey};
use node::{Failed, KeptKey};

use super::{ActForm, Said, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;

pub(super) const FORMS: &[ActForm] = &[ADD, REVOKE];

const ADD: ActForm = ActForm {
    name: "add-key",
    title: "Add a key",
    button: "Add the key",
    says: "A second key of another kind helps when you lose the first.",
    sheet: |_| {
        let kinds = vec![
            Choice::new("node", "A new key that this node keeps for you"),
            Choice::new("device", "A key of another device; paste its public half below"),
        ];
        Sheet::of([
            Field::radio("kind", "Which key?", kinds),
            Field::line("key", "Public half of the device's key")
                .hint("64 digits and letters. Empty for a key that this node keeps."),
        ])
    },
    read: add,
};

fn add(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    if reading.given().raw("kind") == "device" {
        let text = reading.given().text("key");
        let key = reading.keep("key", text.parse());
        let new = |key| NewKey { key, held_by: HeldBy::Device };
        return plain(key.map(|key| Act::AddKey(AddKey { key: new(key) })));
    }
    let Some(me) = reading.scene.me else { return Ok(None) };
    let kept = KeptKey::make(me.id)?;
    let key = NewKey { key: kept.public(), held_by: HeldBy::Node };
    Ok(Some(Said { keep: Some(kept), ..Act::AddKey(AddKey { key }).into() }))
}

const REVOKE: ActForm = ActForm {
    name: "revoke-key",
    title: "Take a key out of use",
    button: "Take it out of use",
    says: "Nothing signed with it from now on counts. What it signed before stays good. If it is your \
           last key, others of your unit must act for you.",
    sheet: |scene| {
        let me = scene.me.and_then(|me| me.person).map(|id| scene.federation.person(id));
        let keys = me.transpose()?.map(|person| person.keys.as_slice()).unwrap_or_default();
        let used = keys.iter().filter_map(|&key| Some((key, scene.federation.key(key)?)));
        let choices = used
            .filter(|(_, row)| row.revoked.is_none())
            .map(|(key, row)| {
                let short: String = key.to_string().chars().take(12).collect();
                Choice::new(
                    key,
                    format!("{short}…, {}, since {}", held_words(row.held_by), row.since),
                )
            })
            .collect();
        Sheet::of([Field::choice("key", "Which key?", choices)])
    },
    read: |reading| {
        let text = reading.given().text("key");
        plain(reading.keep("key", text.parse()).map(|key| Act::RevokeKey(RevokeKey { key })))
    },
};

/// Who holds a key, in words.
pub(crate) const fn held_words(held_by: HeldBy) -> &'static str {
    match held_by {
        HeldBy::Device => "in a device",
        HeldBy::Node => "kept by a node",
        HeldBy::Invite => "in an invite link",
    }
}
