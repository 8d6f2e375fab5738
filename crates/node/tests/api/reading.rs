use serde_json::{Value, json};

use crate::node_at::At;

#[tokio::test]
async fn a_table_is_read_page_by_page() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let valley = format!("/api/v1/f/{}", hosted.short_id());
    let size = hosted.read(federation::Federation::size).unwrap();
    let (mut from, mut numbers) = (0, Vec::new());
    loop {
        let path = format!("{valley}/entries?from={from}&limit=1000");
        let page = at.get(&path, None).await.found();
        numbers.extend(
            page["rows"].as_array().unwrap().iter().map(|row| row["number"].as_u64().unwrap()),
        );
        match page["next"].as_u64() {
            Some(next) => from = next,
            None => break,
        }
    }
    assert_eq!(numbers, (0..size).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_a_unit_is_a_side_of_and_what_is_open_can_be_asked_for() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let valley = format!("/api/v1/f/{}", hosted.short_id());
    let rows = async |query: &str| -> Vec<Value> {
        let path = format!("{valley}/{query}");
        at.get(&path, None).await.found()["rows"].as_array().unwrap().clone()
    };
    let contracts = rows("contracts?unit=3&limit=1000").await;
    assert!(!contracts.is_empty());
    assert!(contracts.iter().all(|row| row["giver"] == 3 || row["receiver"] == 3));
    let open = rows("contracts?open=true&limit=1000").await;
    let is_open = |row: &Value| row["status"] == "proposed" || row["status"] == "agreed";
    assert!(!open.is_empty() && open.iter().all(is_open));
    let name = rows("units?limit=1").await[0]["name"].as_str().unwrap().replace(' ', "%20");
    assert_eq!(rows(&format!("units?called={name}")).await.len(), 1);
    assert_eq!(rows("units?called=nobody").await.len(), 0);
}

#[tokio::test]
async fn every_row_of_every_table_is_of_the_shape_that_the_document_describes() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let valley = format!("/api/v1/f/{}", hosted.short_id());
    let document = at.get("/api/v1/openapi.json", None).await.found();
    for path in document["paths"].as_object().unwrap().keys() {
        let Some(table) = path.strip_prefix("/f/{federation}/") else { continue };
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"]["properties"]["rows"]["items"]["$ref"];
        let Some(pointer) = schema.as_str() else { continue };
        let properties =
            document.pointer(pointer.trim_start_matches('#')).unwrap()["properties"].clone();
        let described: Vec<_> = properties.as_object().unwrap().keys().cloned().collect();
        let page = at.get(&format!("{valley}/{table}?limit=1000"), None).await.found();
        for row in page["rows"].as_array().unwrap() {
            let fields: Vec<_> = row.as_object().unwrap().keys().cloned().collect();
            assert_eq!(fields, described, "{table}");
        }
    }
}

#[tokio::test]
async fn who_somebody_is_is_told_to_members_only() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let valley = format!("/api/v1/f/{}", hosted.short_id());
    let as_first =
        at.post(&format!("{valley}/sessions-as"), None, &json!({ "person": 1 })).await.made();
    let token = as_first["token"].as_str().unwrap();
    let path = format!("{valley}/persons?limit=1000");
    let names = |answer: &Value| -> Vec<Value> {
        answer["rows"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect()
    };
    let to_members = names(&at.get(&path, Some(token)).await.found());
    assert!(
        to_members.iter().any(|name| name.as_str().is_some_and(|name| !name.starts_with("person")))
    );
    let to_others = names(&at.get(&path, None).await.found());
    assert!(to_others.iter().all(Value::is_null));
}

#[tokio::test]
async fn a_rounds_plan_tells_what_it_was_for_and_what_it_proposed() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let valley = format!("/api/v1/f/{}", hosted.short_id());
    let round = at.get(&format!("{valley}/rounds/1"), None).await.found();
    assert_eq!(round["phase"], "finished");
    let plan = at.get(&format!("{valley}/rounds/1/plans/first"), None).await.found();
    assert_eq!(plan["annex"], round["plans"][0]["annex"]);
    assert!(!plan["problem"]["offers"].as_array().unwrap().is_empty());
    let contract = plan["contracts"][0].as_u64().unwrap();
    let contract = at.get(&format!("{valley}/contracts/{contract}"), None).await.found();
    assert_eq!((&contract["origin"], &contract["round"]), (&json!("round"), &json!(1)));
    let missing = at.get(&format!("{valley}/rounds/1/plans/third"), None).await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn a_demonstration_is_acted_in_as_anybody_and_a_real_node_is_not() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let answer = at.post(&format!("{valley}/sessions-as"), None, &json!({ "person": 1 })).await;
    assert_eq!(answer.refused(), (409, "no-demo".to_owned()));
}
