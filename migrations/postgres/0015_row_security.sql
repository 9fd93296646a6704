-- +goose Up
-- Row-level security, the second net behind the store's own filter. What a statement may see is said by settings of its transaction:
--   ris.labels  the labels of the viewer who asks (policy.Viewer.Labels), one a line
--   ris.system  the reason of work that is not for one viewer, and of every write
--   ris.store   set on the store's connections for as long as they live: a statement without a viewer reads facts, never papers
-- Nothing set: nothing is seen but the publication read model. The application's role owns nothing, so it cannot take the policies off.
-- Tables that have no policy here get the one for facts from store.Migrate (app/store/rls_secure.go).

-- +goose StatementBegin
CREATE FUNCTION ris_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('ris.system', true), '') <> '' $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION ris_labels() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(nullif(current_setting('ris.labels', true), ''), E'\n') $$;
-- +goose StatementEnd
-- A statement of the store that names no viewer.
-- +goose StatementBegin
CREATE FUNCTION ris_facts() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('ris.store', true), '') <> '' AND coalesce(current_setting('ris.labels', true), '') = '' $$;
-- +goose StatementEnd

-- Everything that is written, and all that named system work reads.
-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'audience_labels', 'meetings', 'agenda_items', 'papers', 'files', 'file_versions', 'consultations',
    'page_texts', 'document_outlines', 'renditions', 'processing_steps', 'differences',
    'annotations', 'uploads', 'receipts', 'packet_receipts', 'sync_results', 'answered_writes', 'visits',
    'public_objects', 'public_links', 'public_files', 'public_pages']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY ris_system ON %I USING ((SELECT ris_system())) WITH CHECK ((SELECT ris_system()))', t);
  END LOOP;
  -- The read rule (policy.CanRead): an allowed label meets one of the viewer's, and no withheld label does; of the labels that meet, 2 is
  -- withheld and 1 allowed. One look at the primary key of audience_labels for each row: as EXISTS it became a list of all audiences,
  -- a hundred times slower for a page of papers.
  FOREACH t IN ARRAY ARRAY['meetings', 'agenda_items', 'papers', 'files', 'file_versions'] LOOP
    EXECUTE format('CREATE POLICY ris_viewer ON %I FOR SELECT USING ((SELECT max(CASE WHEN l.withheld THEN 2 ELSE 1 END)
      FROM audience_labels l WHERE l.audience = %I.audience AND l.label = ANY ((SELECT ris_labels())::text[])) = 1)', t, t);
  END LOOP;
  -- What hangs on a version is as secret as the version (whose own policy answers here).
  FOREACH t IN ARRAY ARRAY['page_texts', 'document_outlines', 'renditions', 'processing_steps'] LOOP
    EXECUTE format('CREATE POLICY ris_viewer ON %I FOR SELECT USING (EXISTS (SELECT 1 FROM file_versions v WHERE v.id = %I.version))', t, t);
  END LOOP;
  -- One person's own alone.
  FOREACH t IN ARRAY ARRAY['uploads', 'receipts', 'packet_receipts', 'sync_results', 'answered_writes', 'visits'] LOOP
    EXECUTE format('CREATE POLICY ris_viewer ON %I FOR SELECT USING ((''person:'' || person::text) = ANY ((SELECT ris_labels())::text[]))', t);
  END LOOP;
  -- The publication read model is public by itself.
  FOREACH t IN ARRAY ARRAY['public_objects', 'public_links', 'public_files', 'public_pages'] LOOP
    EXECUTE format('CREATE POLICY ris_public ON %I FOR SELECT USING (true)', t);
  END LOOP;
END $$;
-- +goose StatementEnd

-- A viewer sees of an audience what names the viewer; who else reads, or is withheld, is not told.
CREATE POLICY ris_viewer ON audience_labels FOR SELECT USING (label = ANY ((SELECT ris_labels())::text[]));
CREATE POLICY ris_facts ON audience_labels FOR SELECT USING ((SELECT ris_facts()));
CREATE POLICY ris_viewer ON consultations FOR SELECT USING (EXISTS (SELECT 1 FROM papers p WHERE p.id = consultations.paper));
CREATE POLICY ris_facts ON consultations FOR SELECT USING ((SELECT ris_facts()));
CREATE POLICY ris_viewer ON differences FOR SELECT USING (
  EXISTS (SELECT 1 FROM file_versions v WHERE v.id = differences.old_version) AND EXISTS (SELECT 1 FROM file_versions v WHERE v.id = differences.new_version));
CREATE POLICY ris_viewer ON annotations FOR SELECT USING (('person:' || owner::text) = ANY ((SELECT ris_labels())::text[]));

-- +goose Down
-- +goose StatementBegin
DO $$
DECLARE p record;
BEGIN
  FOR p IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = current_schema() AND policyname LIKE 'ris\_%' LOOP
    EXECUTE format('DROP POLICY %I ON %I', p.policyname, p.tablename);
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', p.tablename);
    EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', p.tablename);
  END LOOP;
END $$;
-- +goose StatementEnd
DROP FUNCTION ris_facts();
DROP FUNCTION ris_labels();
DROP FUNCTION ris_system();
