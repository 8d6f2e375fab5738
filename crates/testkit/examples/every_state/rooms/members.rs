//! Members come and go, lose their keys and are helped to others, and their units leave and return.

use federation::act::{AddKey, HeldBy, Matter, NewKey, RevokeKey, Signing};
use federation::{Act, PublicKey};
use testkit::{Listed, Member, Scene, digest, phrases};

use super::everybody;
use crate::model::{Acts, Room, Size};

pub(crate) const MEMBERS: Room = Room {
    name: "members and keys",
    begins,
    acts,
    within: |federation, size| {
        let moves = if size == Size::Long { 2 } else { 1 };
        federation.persons().all(|(_, row)| row.keys.len() <= 2 && row.moves.len() <= 1 + moves)
    },
    acts_deep: [4, 7, 8],
    days: (3, [1, 2, 2]),
    reached: &[
        ("a key recovered", |model, at| {
            let mut persons = model.at(at).persons();
            persons.any(|(_, row)| row.keys.iter().skip(1).any(|&key| key == recovered()))
        }),
        ("a unit gone", |model, at| model.at(at).units().any(|(_, row)| row.is_departed())),
        ("a unit back", |model, at| {
            let mut units = model.at(at).units();
            units.any(|(_, row)| row.is_in() && !row.members_at_leaving.is_empty())
        }),
    ],
};

fn begins() -> Scene {
    let mut scene = Scene::found(vec![Listed::new("bakery", 3), Listed::new("clinic", 1)]);
    let people: Vec<_> = everybody(&scene).iter().map(|member| member.person).collect();
    let first = scene.signer(scene.called("bakery"));
    scene.record(first, phrases::name_helpers(&people[1..], 2));
    scene
}

/// The key to which helpers bring the first member of the bakery.
fn recovered() -> PublicKey {
    PublicKey(digest(b'k', 77))
}

fn acts(scene: &Scene, size: Size, acts: &mut Acts) {
    let federation = &scene.federation;
    let all: Vec<Member> = federation.persons().filter_map(|(id, _)| scene.with_key(id)).collect();
    let Some((_, lost)) = federation.persons().next() else { return };
    for (place, &by) in all.iter().enumerate() {
        acts.may(by, Act::Leave {});
        if place > 0 {
            acts.may(by, phrases::recover(lost.id, recovered()));
        }
        for (unit, _) in federation.units().filter(|(_, row)| row.is_departed()) {
            acts.may(by, phrases::come_back(scene.unit(unit)));
        }
        if size > Size::Tiny && place > 1 {
            acts.may(by, Act::MemberLeaves {});
        }
        if size == Size::Long {
            for (_, other) in federation.persons().filter(|(_, row)| row.unit.is_none()) {
                acts.may(by, phrases::admit_without_key(other.id));
            }
        }
    }
    if let Some(&first) = all.first() {
        let key = NewKey { key: PublicKey(digest(b'k', 500)), held_by: HeldBy::Device };
        acts.may(first, Act::AddKey(AddKey { key }));
        acts.may(first, Act::RevokeKey(RevokeKey { key: first.key }));
        acts.may(first, phrases::veto(recovered()));
        acts.may(first, phrases::signing(Matter::Leaving, Signing::AnyMember));
    }
}
