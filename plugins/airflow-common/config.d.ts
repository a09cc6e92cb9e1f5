export interface Config {
  airflow?: {
    /** Where links lead that are not followed within the plugin's own pages. */
    links?: {
      /**
       * Where the portal has the plugin's pages, such as `/data/airflow`: the new frontend system puts them there, and the
       * backend links to them there. `/airflow` unless set.
       *
       * @visibility frontend
       */
      path?: string;
    };
  };
}
