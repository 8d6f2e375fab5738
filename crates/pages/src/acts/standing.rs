use federation::act::{
    Count, HeldBy, Method, NameHelpers, NewKey, RecoverKey, SetMethod, Threshold, VetoRecovery,
};
use federation::rows::Person;
use federation::{Act, Id, PersonId, PublicKey};
use node::words::recovery_words;

use super::{ActForm, Sheet, plain};
use crate::doors::recover::{held_by, in_groups};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::Scene;

pub(super) const FORMS: &[ActForm] = &[METHOD, HELPERS, RECOVER, VETO];

const METHOD: ActForm = ActForm {
    name: "set-method",
    title: "How we decide",
    button: "Sign this method",
    says: "Your unit decides by it from then on, once more than half of its members have signed \
           the same. Whatever it is, \"leave as it is\" and \"go on talking\" can always be chosen.",
    sheet: |_| {
        let tries = vec![
            Choice::new("0", "No: we count ballots at once"),
            Choice::new("1", "Once"),
            Choice::new("2", "Twice"),
            Choice::new("3", "Three times"),
        ];
        let counts = vec![
            Choice::new("more-than-half", "More than half of the ballots"),
            Choice::new("two-thirds", "Two thirds of the ballots"),
            Choice::new("three-quarters", "Three quarters of the ballots"),
            Choice::new("all", "All ballots"),
            Choice::new("approval", "Approval: what most would accept"),
            Choice::new("score", "Score: the highest sum of -2 to +2"),
            Choice::new("schulze", "Schulze: options in order, compared pair by pair"),
        ];
        Sheet::of([
            Field::radio("tries", "Do you try consent first?", tries)
                .hint("Consent: nobody objects with a reason."),
            Field::radio("count", "How are ballots counted?", counts),
        ])
    },
    read: |reading| {
        let tries = reading.given().text("tries").parse::<u8>();
        let tries = reading.keep("tries", tries.map_err(|_| "nothing is chosen; choose one"));
        let count = count(&reading.given().text("count"));
        let count = reading.keep("count", count.ok_or("nothing is chosen; choose one"));
        plain(tries.zip(count).map(|(consent_tries, count)| {
            Act::SetMethod(SetMethod { method: Method { consent_tries, count } })
        }))
    },
};

fn count(word: &str) -> Option<Count> {
    let share = |share| Some(Count::YesNo { share });
    match word {
        "more-than-half" => share(Threshold::MoreThanHalf),
        "two-thirds" => share(Threshold::TwoThirds),
        "three-quarters" => share(Threshold::ThreeQuarters),
        "all" => share(Threshold::All),
        "approval" => Some(Count::Approval {}),
        "score" => Some(Count::Score {}),
        "schulze" => Some(Count::Schulze {}),
        _ => None,
    }
}

const HELPER_FIELDS: [&str; 5] = ["helper_1", "helper_2", "helper_3", "helper_4", "helper_5"];

const HELPERS: ActForm = ActForm {
    name: "name-helpers",
    title: "Who helps me to a new key",
    button: "Name these helpers",
    says: "If you lose all your keys, these people can sign a new one for you. It comes into use \
           after two days. If one of your old keys says no, it takes seven days and two thirds of \
           your helpers. Others whom you named before can still help for seven days.",
    sheet: |scene| {
        let people = can_help(scene);
        let fields = HELPER_FIELDS.iter().zip(1..).map(|(name, nth)| {
            let nobody = vec![Choice::new("", "Nobody")];
            let choices = nobody.into_iter().chain(people.iter().cloned()).collect();
            Field::choice(*name, format!("Helper {nth}"), choices)
        });
        let needed = Field::number("needed", "How many of them must sign?").with(2).must();
        let fields: Vec<Field> = fields.chain([needed]).collect();
        Sheet::about("Name three at least.".to_owned(), fields)
    },
    read: |reading| {
        let chosen = HELPER_FIELDS.map(|field| reading.given().text(field));
        let people: Result<Vec<PersonId>, _> =
            chosen.iter().filter(|text| !text.is_empty()).map(|text| text.parse()).collect();
        let helpers = reading.keep("helper_1", people);
        let needed = reading.given().text("needed").parse::<u8>();
        let needed =
            reading.keep("needed", needed.map_err(|_| "this is no number; write 2 or more"));
        plain(
            helpers
                .zip(needed)
                .map(|(helpers, needed)| Act::NameHelpers(NameHelpers { helpers, needed })),
        )
    },
};

/// Co-members; people of other units too, where there are few.
fn can_help(scene: &Scene<'_>) -> Vec<Choice> {
    let me = scene.me.and_then(|me| me.person);
    let own = scene.my_unit().and_then(|id| scene.federation.unit(id).ok());
    let few = own.is_none_or(|unit| unit.members.len() < 4);
    let fits = |id: Id<Person>, row: &Person| {
        Some(id) != me && scene.federation.has_key(id) && (few || row.unit == scene.my_unit())
    };
    let people = scene.federation.persons().filter(|&(id, row)| fits(id, row));
    people.map(|(id, row)| Choice::new(row.id, (scene.called)(id))).collect()
}

const RECOVER: ActForm = ActForm {
    name: "recover-key",
    title: "Help somebody to a new key",
    button: "Sign the new key",
    says: "Sign only for somebody you have spoken to. Everybody sees it. The key replaces all theirs \
           when enough helpers have signed the same, after two days in which an old key can say no.",
    sheet: |scene| {
        let me = scene.me.and_then(|me| me.person);
        let named = |row: &Person| {
            let helpers = row.helpers.as_ref();
            helpers.is_some_and(|row| me.is_some_and(|me| row.persons.contains(&me)))
        };
        let people = scene.federation.persons().filter(|(_, row)| named(row));
        let people: Vec<_> =
            people.map(|(id, row)| Choice::new(row.id, (scene.called)(id))).collect();
        let key = scene.given.text("key");
        let compare = match key.len() {
            64 => format!(
                "Let them read their key to you, and compare every group: {}. {}",
                in_groups(&key).join(" "),
                match held_by(scene.given) {
                    HeldBy::Node => "This node will keep it for them.",
                    _ => "It is in a device of theirs.",
                }
            ),
            _ => "They can send you a link that fills this in; it stands on the page of their new key."
                .to_owned(),
        };
        if people.is_empty() {
            return Ok(Sheet::closed("Nobody has named you as a helper."));
        }
        Sheet::about(
            compare,
            [
                Field::choice("person", "For whom?", people),
                match key.parse::<PublicKey>() {
                    // It stands above, to be compared.
                    Ok(key) => Field::hidden("key").with(key),
                    Err(_) => Field::line("key", "Public half of their new key")
                        .hint("64 digits and letters; they read it to you from their device.")
                        .must(),
                },
                Field::hidden("held_by").with("device"),
            ],
        )
    },
    read: |reading| {
        let person = reading.given().text("person");
        let person: Option<PersonId> = reading.keep("person", person.parse());
        let key = public_key(reading);
        plain(person.zip(key).map(|(person, key)| {
            let key = NewKey { key, held_by: held_by(reading.given()) };
            Act::RecoverKey(RecoverKey { person, key })
        }))
    },
};

fn public_key(reading: &mut Reading<'_>) -> Option<PublicKey> {
    let text = reading.given().text("key");
    reading.keep("key", text.parse())
}

const VETO: ActForm = ActForm {
    name: "veto-recovery",
    title: "Say no to a new key",
    button: "Say no",
    says: "Your helpers have signed a key that is to replace yours. If you have not asked for it, say \
           no: it then comes into use after seven days, and only if two thirds of your helpers sign \
           again. You can do this once.",
    sheet: |scene| {
        let me = scene.me.and_then(|me| me.person);
        let open = scene.federation.recoveries().filter(|row| Some(row.person) == me);
        let open = open.map(|row| {
            let short: String = row.key.key.to_string().chars().take(12).collect();
            Choice::new(row.key.key, format!("{short}…: {}", recovery_words(row)))
        });
        let open: Vec<Choice> = open.collect();
        if open.is_empty() {
            return Ok(Sheet::closed("No key is on its way that is to replace yours."));
        }
        Sheet::of([Field::choice("key", "Which key?", open)])
    },
    read: |reading| plain(public_key(reading).map(|key| Act::VetoRecovery(VetoRecovery { key }))),
};
