use federation::act::{AdmitMember, HeldBy, Introduce, NewKey};
use federation::{Act, PersonId};
use node::{About, Failed, OpenInvite};

use super::{ActForm, Said, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;

pub(super) const FORMS: &[ActForm] = &[ADMIT, LEAVES, INTRODUCE];

const ADMIT: ActForm = ActForm {
    name: "admit-member",
    title: "Invite a member",
    button: "Go on",
    says: "Takes a person into your unit.",
    sheet: |scene| {
        let mut ways = vec![
            Choice::new("link", "With a link or a picture to scan: they join with their own key"),
            Choice::new("no-device", "Without a device: two members of the unit act for them"),
        ];
        let free = scene.federation.persons().filter(|(_, person)| person.unit.is_none());
        ways.extend(free.map(|(id, _)| {
            Choice::new(id, format!("{}, who is in no unit now", (scene.called)(id)))
        }));
        Sheet::of([
            Field::line("label", "Who is it?")
                .hint("With a link, only you see this; they write their name themselves.")
                .must(),
            Field::radio("way", "How?", ways),
        ])
    },
    read: admit,
};

fn admit(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let label = reading.given().text("label");
    let name = reading.name("label");
    if name.is_none() {
        return Ok(None);
    }
    match reading.given().raw("way") {
        "link" => {
            let invite = OpenInvite::make(&label)?;
            let key = NewKey { key: invite.key.public(), held_by: HeldBy::Invite };
            let person = invite.key.person;
            let act = Act::AdmitMember(AdmitMember { person, key: Some(key), about: None });
            Ok(Some(Said { invite: Some(invite), ..act.into() }))
        }
        "no-device" => {
            let body = About::called(&label).to_body()?;
            let person = PersonId(record::random()?);
            let about = Some(body.id());
            let act = Act::AdmitMember(AdmitMember { person, key: None, about });
            Ok(Some(Said { bodies: vec![body], ..act.into() }))
        }
        _ => {
            let known = reading.id("way").and_then(|id| {
                let person = reading.scene.federation.person(id);
                reading.keep("way", person.map(|person| person.id))
            });
            plain(
                known
                    .map(|person| Act::AdmitMember(AdmitMember { person, key: None, about: None })),
            )
        }
    }
}

const LEAVES: ActForm = ActForm {
    name: "member-leaves",
    title: "Leave our unit",
    button: "Leave the unit",
    says: "You leave your unit at once; the unit stays. You can found or join another one.",
    sheet: |_| Sheet::of(Vec::new()),
    read: |_| plain(Some(Act::MemberLeaves {})),
};

const INTRODUCE: ActForm = ActForm {
    name: "introduce",
    title: "Say who you are",
    button: "Save",
    says: "Your name and how to reach you are kept beside the record, not in it. You can erase them \
           later; the record then still holds.",
    sheet: |_| {
        Sheet::of([
            Field::line("name", "Your name").must(),
            Field::line("contact", "How to reach you").hint("A phone number, for example."),
            Field::area("words", "About you"),
        ])
    },
    read: |reading| {
        let (name, contact) = (reading.name("name"), reading.line("contact"));
        let Some(((name, contact), words)) = name.zip(contact).zip(reading.prose("words")) else {
            return Ok(None);
        };
        let about = About {
            name: name.to_string(),
            contact: contact.to_string(),
            words: words.to_string(),
        };
        let body = about.to_body()?;
        let act = Act::Introduce(Introduce { about: body.id() });
        Ok(Some(Said { bodies: vec![body], ..act.into() }))
    },
};
