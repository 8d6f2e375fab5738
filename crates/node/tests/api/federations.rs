use serde_json::json;

use crate::node_at::At;

#[tokio::test]
async fn a_federation_is_founded_with_an_invite_for_each_other_unit() {
    let at = At::new();
    let rosa = at.reader("rosa").await;
    let body = json!({
        "name": "Time bank",
        "units": [{ "name": "Rosa" }, { "name": "Olga", "opening_seconds": 0 }, { "name": "Karim" }],
        "about": { "name": "Rosa" },
    });
    let founded = at.post("/api/v1/federations", Some(&rosa), &body).await.made();
    let labels: Vec<_> =
        founded["invites"].as_array().unwrap().iter().map(|i| &i["label"]).collect();
    assert_eq!(labels, ["Olga", "Karim"]);
    let olga = at.reader("olga").await;
    let bank = format!("/api/v1/f/{}", founded["federation"].as_str().unwrap());
    let with = json!({ "code": founded["invites"][0]["code"], "about": { "name": "Olga" } });
    at.post(&format!("{bank}/join-by-invite"), Some(&olga), &with).await.made();
    let units = at.get(&format!("{bank}/units?open=true"), None).await.found();
    let names: Vec<_> =
        units["rows"].as_array().unwrap().iter().map(|unit| &unit["name"]).collect();
    assert_eq!(names, ["Rosa", "Olga"]);
}

#[tokio::test]
async fn a_founding_list_that_does_not_sum_to_zero_is_refused() {
    let at = At::new();
    let rosa = at.reader("rosa").await;
    let body = json!({
        "name": "Valley",
        "units": [{ "name": "Bakery", "opening_seconds": 3600 }],
        "about": { "name": "Rosa" },
    });
    let answer = at.post("/api/v1/federations", Some(&rosa), &body).await;
    assert_eq!(answer.refused(), (409, "opening-not-zero".to_owned()));
    assert_eq!(at.get("/api/v1/federations", None).await.found(), json!({ "federations": [] }));
}

#[tokio::test]
async fn a_record_that_is_not_public_is_read_by_members_only() {
    let at = At::new();
    let mut pact = serde_json::to_value(federation::Pact::default()).unwrap();
    pact["reading"] = "members".into();
    let (valley, rosa) = at.founded(Some(pact)).await;
    let olga = at.reader("olga").await;
    for path in [valley.clone(), format!("{valley}/units"), format!("{valley}/units.csv")] {
        assert_eq!(at.get(&path, None).await.status, 401, "{path}");
        assert_eq!(at.get(&path, Some(&olga)).await.status, 403, "{path}");
        assert_eq!(at.get(&path, Some(&rosa)).await.status, 200, "{path}");
    }
    let of = async |token| {
        at.get("/api/v1/federations", token).await.found()["federations"][0]["name"].clone()
    };
    assert_eq!((of(None).await, of(Some(&*olga)).await), (json!(null), json!(null)));
    assert_eq!(of(Some(&*rosa)).await, "Valley");
}

#[tokio::test]
async fn a_pact_is_tried_without_a_session_where_the_record_is_public_and_by_members_where_not() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let path = format!("{valley}/pact/try");
    let changes = |name: &str, is: &str| json!({ "changes": [{ "parameter": name, "is": is }] });
    let found = at.post(&path, None, &changes("notice_days", "30")).await.found();
    assert_eq!(found, json!({ "refused": [], "decisions": [], "rounds": [] }));
    for (name, is) in [("haste", "1"), ("notice_days", "soon"), ("notice_days", "90")] {
        let refused = at.post(&path, None, &changes(name, is)).await;
        assert_eq!(refused.refused(), (409, "parameter".to_owned()), "{name}={is}");
    }
    let nothing = at.post(&path, None, &json!({ "changes": [] })).await;
    assert!(nothing.status.is_client_error(), "{}", nothing.status);

    let at = At::new();
    let mut pact = serde_json::to_value(federation::Pact::default()).unwrap();
    pact["reading"] = "members".into();
    let (valley, rosa) = at.founded(Some(pact)).await;
    let path = format!("{valley}/pact/try");
    let thirty = changes("notice_days", "30");
    assert_eq!(at.post(&path, None, &thirty).await.status, 401);
    assert_eq!(at.post(&path, Some(&rosa), &thirty).await.status, 200);
}
