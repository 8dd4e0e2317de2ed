"""The peer's server: `POST /api/predict` and `GET /health`, as documented. gunicorn runs it: see `run`."""
from collections import Counter
from datetime import datetime

from flask import Flask, jsonify, request

from pipeline import CLASSES, from_environment

app = Flask(__name__)
pipeline = from_environment()
pipeline.analyze(["Apr 15 12:34:56 server sshd[1234]: Failed password for admin"])  # what is lazy is made now


@app.get("/health")
def health():
    return jsonify(status="healthy", timestamp=datetime.now().isoformat())


@app.post("/api/predict")
def predict():
    body = request.get_json(force=True)
    lines = body["logs"]
    includes_templates = body.get("include_templates", False)
    rows = []
    for line, (log_type, content, template, probabilities) in zip(lines, pipeline.analyze(lines)):
        index = int(probabilities.argmax())
        rows.append(
            {
                "raw": line,
                "log_type": log_type,
                "parsed_content": content,
                "template": template if includes_templates else None,
                "prediction": {
                    "class_index": index,
                    "class_name": CLASSES[index],
                    "confidence": float(probabilities[index]),
                    "probabilities": probabilities.tolist(),
                },
            }
        )
    classes = Counter(row["prediction"]["class_name"] for row in rows)
    return jsonify(
        status="success",
        timestamp=datetime.now().isoformat(),
        total_logs=len(rows),
        model_used={
            "model_type": "ML", "model_name": "XGBoost", "num_classes": len(CLASSES),
            "classification_type": "multi-class",
        },
        logs=rows,
        summary={
            "class_distribution": classes,
            "log_type_distribution": Counter(row["log_type"] for row in rows),
            "anomaly_rate": 1 - classes["normal"] / len(rows),
        },
    )
