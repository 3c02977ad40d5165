-- A payment that is kept knows the number of its order, by which people know it: each movement is listed by it.
alter table payment_figures add column number varchar;
update payment_figures set number = o.number from orders o where o.id = payment_figures.id;
