use serde_json::json;

use crate::node_at::At;

fn bread() -> serde_json::Value {
    json!({ "propose-specification": {
        "name": "bread", "nature": "good", "measure": { "name": "kg", "decimals": 3 },
        "clauses": ["baked today"], "about": "",
    } })
}

#[tokio::test]
async fn an_act_is_signed_with_the_kept_key_and_its_receipt_says_so() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    let recorded = at.act(&valley, &rosa, bread()).await.made();
    assert_eq!(recorded["entry"], 1);
    assert_eq!(recorded["outcome"]["effect"], "specification");
    assert!(recorded["kept_key"].is_string());
    let receipt = record::Receipt::parse(recorded["receipt"].as_str().unwrap()).unwrap();
    let federation = valley.rsplit('/').next().unwrap().parse().unwrap();
    let host = at.node.keys().host_key().unwrap().public();
    let leaf = receipt.verify(federation, host).unwrap();
    let statement = record::read_statement(&leaf.statement).unwrap();
    assert_eq!(statement.act.name(), "propose-specification");
}

#[tokio::test]
async fn a_dry_run_says_what_would_come_of_an_act_and_records_nothing() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    let path = format!("{valley}/acts?dry_run=true");
    let judged = at.post(&path, Some(&rosa), &json!({ "act": bread() })).await.found();
    assert_eq!(
        judged,
        json!({ "outcome": {
        "effect": "specification", "number": 1, "signed": null, "needed": null, "contracts": null,
    } })
    );
    assert_eq!(at.get(&valley, None).await.found()["entries"], 1);
    let refused = at.post(&path, Some(&rosa), &json!({ "act": { "open-round": {} } })).await;
    assert!(refused.status == 200 || refused.status == 409, "{}", refused.text());
}

#[tokio::test]
async fn a_rule_that_says_no_answers_409_with_its_code_and_what_would_help() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    let same = at.act(
        &valley,
        &rosa,
        json!({ "sign-pact": { "founding": {
        "unit": at.get(&format!("{valley}/units/1"), None).await.found()["ref"],
    } } }),
    );
    let same = same.await;
    assert_eq!(same.refused(), (409, "row-signed".to_owned()));
    assert!(same.json()["message"].as_str().unwrap().contains("`Bakery` has signed already"));
}

#[tokio::test]
async fn text_with_hidden_marks_is_refused_by_its_rule() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    let act =
        json!({ "describe-unit": { "area": null, "place": "a\u{202e}b", "description": "" } });
    let answer = at.act(&valley, &rosa, act).await;
    assert_eq!(answer.refused(), (409, "act-unreadable".to_owned()));
    assert!(answer.text().contains("U+202E"), "{}", answer.text());
}

#[tokio::test]
async fn an_act_of_another_shape_is_told_by_field() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    for (act, says) in [
        (
            json!({ "leave": { "now": 1 } }),
            "`act.leave`: expected an empty object, found the field `now`",
        ),
        (json!({ "take-over": {} }), "`act`: expected an object with one field of `found`"),
        (json!({ "back": { "unit": "x", "hours": 1 } }), "`act.back.unit`: expected 64"),
        (json!(7), "`act`: expected an object with one field"),
    ] {
        let answer = at.act(&valley, &rosa, act).await;
        assert_eq!(answer.refused(), (422, "misshapen".to_owned()));
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.starts_with(says), "{message}");
    }
}

#[tokio::test]
async fn only_members_act_and_only_with_a_session() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let olga = at.reader("olga").await;
    let body = json!({ "act": { "leave": {} } });
    let path = format!("{valley}/acts");
    assert_eq!(at.post(&path, None, &body).await.refused(), (401, "not-signed-in".to_owned()));
    assert_eq!(
        at.post(&path, Some("no"), &body).await.refused(),
        (401, "not-signed-in".to_owned())
    );
    assert_eq!(
        at.post(&path, Some(&olga), &body).await.refused(),
        (403, "not-a-member".to_owned())
    );
}

#[tokio::test]
async fn a_unit_joins_and_a_member_comes_in_by_invite() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    let olga = at.reader("olga").await;
    let join = json!({ "name": "Pottery", "place": "Mill Lane", "about": { "name": "Olga" } });
    let joined = at.post(&format!("{valley}/join"), Some(&olga), &join).await.made();
    assert_eq!(
        joined["outcome"],
        json!({
            "effect": "unit", "number": 3, "signed": null, "needed": null, "contracts": null,
        })
    );
    let label = json!({ "label": "Karim" });
    let invite = at.post(&format!("{valley}/invites"), Some(&rosa), &label).await.made();
    let karim = at.reader("karim").await;
    let with = json!({ "code": invite["code"], "about": { "name": "Karim" } });
    let path = format!("{valley}/join-by-invite");
    at.post(&path, Some(&karim), &with).await.made();
    let seats = at.get("/api/v1/session", Some(&karim)).await.found();
    assert_eq!(seats["seats"][0]["unit_name"], "Bakery");
    let again = at.post(&path, Some(&karim), &with).await;
    assert_eq!(again.refused(), (409, "invite-used".to_owned()));
}

#[tokio::test]
async fn words_about_a_person_are_erased_and_the_record_still_stands() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    let me = at.get(&format!("{valley}/persons/1"), Some(&rosa)).await.found();
    assert_eq!(me["name"], "Rosa");
    let body = me["about"].as_str().unwrap();
    let path = format!("{valley}/bodies/{body}");
    assert!(at.get(&path, Some(&rosa)).await.found()["text"].as_str().unwrap().contains("Rosa"));
    assert_eq!(at.get(&path, None).await.status, 401);
    at.post(&format!("{valley}/erasures"), Some(&rosa), &json!({ "body": body })).await.made();
    let erased = at.get(&path, Some(&rosa)).await.found();
    assert!(erased["erased"].is_number() && erased["text"].is_null());
    let me = at.get(&format!("{valley}/persons/1"), Some(&rosa)).await.found();
    assert_eq!(me["name"], "person 1");
}

#[tokio::test]
async fn a_whole_number_is_one_however_json_writes_it() {
    let at = At::new();
    let (valley, rosa) = at.founded(None).await;
    let path = format!("{valley}/acts?dry_run=true");
    let by = |by: f64| json!({ "act": { "announce-leaving": { "by": by } } });
    assert_eq!(at.post(&path, Some(&rosa), &by(2e9)).await.status, 200);
    assert_eq!(at.post(&path, Some(&rosa), &by(2e9 + 0.5)).await.status, 422);
}

#[tokio::test]
async fn hidden_marks_in_a_name_are_refused() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let olga = at.reader("olga").await;
    let join = json!({ "name": "Pottery", "about": { "name": "Ol\u{202e}ga" } });
    let answer = at.post(&format!("{valley}/join"), Some(&olga), &join).await;
    assert_eq!(answer.refused(), (409, "text-refused".to_owned()));
}
