CREATE TABLE vets (id INT);
